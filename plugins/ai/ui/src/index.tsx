import { definePlugin } from '@questline/ui-sdk';
import { lazy } from 'react';
import contributions from '../contributions.ts';
import { BudgetNotice } from './admin/BudgetNotice.tsx';
import { LessonAssistant } from './assistant/LessonAssistant.tsx';
import de from './locales/de.json';
import en from './locales/en.json';

export default definePlugin(contributions, {
  views: {
    LessonAssistant,
    BudgetNotice,
    SpendPage: lazy(() => import('./admin/SpendPage.tsx')),
    ProvidersPage: lazy(() => import('./admin/ProvidersPage.tsx')),
    BudgetsPage: lazy(() => import('./admin/BudgetsPage.tsx')),
    TemplatesPage: lazy(() => import('./admin/TemplatesPage.tsx')),
    SuggestionsPage: lazy(() => import('./studio/SuggestionsPage.tsx')),
  },
  resources: { en, de },
});
