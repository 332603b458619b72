import type { Contributions } from '@questline/ui-sdk';

export default {
  blocks: [{ type: 'assessments.quiz', view: 'QuizBlock' }],
} as const satisfies Contributions;
