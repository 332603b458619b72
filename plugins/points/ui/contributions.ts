import type { Contributions } from '@questline/ui-sdk';

const STARS =
  'M11.99 2C6.47 2 2 6.48 2 12s4.47 10 9.99 10C17.52 22 22 17.52 22 12S17.52 2 11.99 2m3.23 15.39L12 15.45l-3.22 1.94c-.38.23-.85-.11-.75-.54l.85-3.66-2.83-2.45c-.33-.29-.15-.84.29-.88l3.74-.32 1.46-3.45c.17-.41.75-.41.92 0l1.46 3.44 3.74.32c.44.04.62.59.28.88l-2.83 2.45.85 3.67c.1.43-.36.77-.74.54';

const TUNE =
  'M3 17v2h6v-2zM3 5v2h10V5zm10 16v-2h8v-2h-8v-2h-2v6zM7 9v2H3v2h4v2h2V9zm14 4v-2H11v2zm-6-4h2V7h4V5h-4V3h-2z';

export default {
  routes: [
    { path: '', view: 'PointsPage', title: { en: 'Points', de: 'Punkte' } },
    { path: 'rules', view: 'RulesPage', permission: 'points.rules.manage', title: { en: 'Point rules', de: 'Punkteregeln' } },
  ],
  navigation: [
    { to: '', place: 'user', label: { en: 'Points', de: 'Punkte' }, icon: STARS, order: 10 },
    {
      to: 'rules',
      place: 'admin',
      label: { en: 'Point rules', de: 'Punkteregeln' },
      icon: TUNE,
      permission: 'points.rules.manage',
      order: 10,
    },
  ],
  slots: [
    { slot: 'app.header', view: 'PointsBalancePill', order: 10 },
    { slot: 'dashboard.aside', view: 'LevelCard', order: 10 },
    { slot: 'profile.main', view: 'LevelCard', order: 10 },
  ],
  live: [{ topic: 'points.awarded', invalidates: ['points.Balance', 'points.Entries'], celebrates: true }],
} as const satisfies Contributions;
