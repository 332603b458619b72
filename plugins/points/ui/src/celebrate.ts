import type { Celebration, CelebrationContext } from '@questline/ui-sdk';
import type { Level } from './api.ts';
import { levelTitle, reasonText } from './names.ts';

interface Award {
  readonly amount: number;
  readonly reason: string;
  readonly rule: string;
  readonly level: Level;
  readonly level_up: boolean;
}

/** What is shown when points arrive: a small one for points, a larger one for a new level. */
export function celebrateAward(award: Award, { translate }: CelebrationContext): Celebration {
  if (award.level_up) {
    return {
      kind: 'level',
      title: translate('celebrate.level', { number: award.level.number }),
      description: levelTitle(translate, award.level),
      to: '/x/points',
    };
  }
  return { kind: 'points', title: translate('celebrate.points', { count: award.amount }), description: reasonText(translate, award), amount: award.amount };
}
