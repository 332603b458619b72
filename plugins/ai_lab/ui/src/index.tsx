import { definePlugin } from '@questline/ui-sdk';
import { lazy } from 'react';
import contributions from '../contributions.ts';
import { CritiqueBlock } from './CritiqueBlock.tsx';
import { DuelBlock } from './DuelBlock.tsx';
import de from './locales/de.json';
import en from './locales/en.json';
import { PromptBlock } from './PromptBlock.tsx';

export default definePlugin(contributions, {
  views: {
    CritiqueBlock,
    DuelBlock,
    PromptBlock,
    LibraryPage: lazy(() => import('./library/LibraryPage.tsx')),
    AppealsPage: lazy(() => import('./appeals/AppealsPage.tsx')),
    AppealPage: lazy(() => import('./appeals/AppealPage.tsx')),
  },
  resources: { en, de },
});
