import type { Contributions } from '@questline/ui-sdk';

const SPARKS = 'm19 9 1.25-2.75L23 5l-2.75-1.25L19 1l-1.25 2.75L15 5l2.75 1.25zm-7.5.5L9 4 6.5 9.5 1 12l5.5 2.5L9 20l2.5-5.5L17 12zM19 15l-1.25 2.75L15 19l2.75 1.25L19 23l1.25-2.75L23 19l-2.75-1.25z';

export default {
  routes: [
    { path: '', view: 'SpendPage', permission: 'ai.spend.read', title: { en: 'What AI costs', de: 'Was KI kostet' } },
    { path: 'providers', view: 'ProvidersPage', permission: 'ai.settings.read', title: { en: 'AI providers', de: 'KI-Anbieter' } },
    { path: 'budgets', view: 'BudgetsPage', permission: 'ai.settings.read', title: { en: 'AI budgets', de: 'KI-Budgets' } },
    { path: 'templates', view: 'TemplatesPage', permission: 'ai.settings.read', title: { en: 'Prompt templates', de: 'Prompt-Vorlagen' } },
    { path: 'suggestions', view: 'SuggestionsPage', permission: 'ai.suggestions.manage', title: { en: 'Drafts by AI', de: 'Entwürfe der KI' } },
  ],
  navigation: [
    { to: '', place: 'admin', label: { en: 'AI', de: 'KI' }, icon: SPARKS, permission: 'ai.spend.read', order: 40 },
    { to: 'suggestions', place: 'admin', label: { en: 'Drafts by AI', de: 'Entwürfe der KI' }, icon: SPARKS, permission: 'ai.suggestions.manage', order: 41 },
  ],
  slots: [
    { slot: 'lesson.after', view: 'LessonAssistant', permission: 'ai.assistant.use', order: 10 },
    { slot: 'app.header', view: 'BudgetNotice', permission: 'ai.settings.manage', order: 90 },
  ],
} as const satisfies Contributions;
