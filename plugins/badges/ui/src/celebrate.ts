import type { Celebration, CelebrationContext } from '@questline/ui-sdk';
import type { Tier } from './api.ts';
import { iconPath } from './icons.ts';
import { badgeText } from './texts.ts';

interface Earned {
  readonly slug: string;
  readonly title: string;
  readonly icon: string;
  readonly tier: Tier;
}

/** What is shown when a badge was earned. */
export function celebrateBadge(earned: Earned, { translate }: CelebrationContext): Celebration {
  return {
    kind: 'badge',
    title: badgeText(translate, earned, 'title'),
    description: translate('celebrate', {}),
    tier: earned.tier,
    icon: iconPath(earned.icon),
    to: '/x/badges',
  };
}
