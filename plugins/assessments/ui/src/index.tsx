import { definePlugin } from '@questline/ui-sdk';
import contributions from '../contributions.ts';
import de from './locales/de.json';
import en from './locales/en.json';
import { QuizBlock } from './QuizBlock.tsx';

export default definePlugin(contributions, {
  views: { QuizBlock },
  resources: { en, de },
});
