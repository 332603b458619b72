import type { Contributions } from '@questline/ui-sdk';

const BOOKMARKS = 'm19 18 2 1V3c0-1.1-.9-2-2-2H8.99C7.89 1 7 1.9 7 3h10c1.1 0 2 .9 2 2zM15 5H5c-1.1 0-2 .9-2 2v16l7-3 7 3V7c0-1.1-.9-2-2-2';
const SCALES = 'M12 3 5 6v2h1l-3 7c0 1.7 1.8 3 4 3s4-1.3 4-3L8 8h3v11H8v2h8v-2h-3V8h3l-3 7c0 1.7 1.8 3 4 3s4-1.3 4-3l-3-7h1V6zM5.3 15 7 11l1.7 4zm10 0L17 11l1.7 4z';
const KEEP = 'ai_lab.library.use';
const DECIDE = 'ai_lab.appeals.decide';

export default {
  routes: [
    { path: 'library', view: 'LibraryPage', permission: KEEP, title: { en: 'Prompt library', de: 'Prompt-Bibliothek' } },
    { path: 'appeals', view: 'AppealsPage', permission: DECIDE, title: { en: 'Appeals', de: 'Einsprüche' } },
    { path: 'appeals/:id', view: 'AppealPage', permission: DECIDE, title: { en: 'Appeal', de: 'Einspruch' } },
  ],
  navigation: [
    { to: 'library', place: 'main', label: { en: 'Prompts', de: 'Prompts' }, icon: BOOKMARKS, permission: KEEP, order: 60 },
    { to: 'appeals', place: 'admin', label: { en: 'Appeals', de: 'Einsprüche' }, icon: SCALES, permission: DECIDE, order: 43 },
  ],
  blocks: [
    { type: 'ai_lab.critique', view: 'CritiqueBlock' },
    { type: 'ai_lab.duel', view: 'DuelBlock' },
    { type: 'ai_lab.prompt', view: 'PromptBlock' },
  ],
} as const satisfies Contributions;
