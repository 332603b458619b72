import type { Contributions } from '@questline/ui-sdk';

export default {
  blocks: [
    { type: 'ai_lab.critique', view: 'CritiqueBlock' },
    { type: 'ai_lab.duel', view: 'DuelBlock' },
    { type: 'ai_lab.prompt', view: 'PromptBlock' },
  ],
} as const satisfies Contributions;
