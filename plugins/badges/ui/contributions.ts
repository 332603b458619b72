import type { Contributions } from '@questline/ui-sdk';

const MEDAL =
  'M17 10.43V3c0-.55-.45-1-1-1H8c-.55 0-1 .45-1 1v7.43c0 .35.18.68.49.86l4.18 2.51-.99 2.34-2.22.19c-.46.04-.64.59-.3.88l1.69 1.46-.51 2.18c-.1.43.37.77.75.54L12 20.23l1.91 1.15c.38.23.85-.11.75-.54l-.51-2.18 1.69-1.46c.33-.29.16-.84-.29-.88l-2.22-.19-.99-2.34 4.18-2.51c.3-.17.48-.49.48-.85m-4 1.8-1 .6-1-.6V3h2z';

const CREATE =
  'M3 17.25V21h3.75L17.81 9.94l-3.75-3.75zM20.71 7.04a.996.996 0 0 0 0-1.41l-2.34-2.34a.996.996 0 0 0-1.41 0l-1.83 1.83 3.75 3.75z';

export default {
  routes: [
    { path: '', view: 'GalleryPage', title: { en: 'Badges', de: 'Abzeichen' } },
    {
      path: 'definitions',
      view: 'DefinitionsPage',
      permission: 'badges.definitions.manage',
      title: { en: 'Manage badges', de: 'Abzeichen verwalten' },
    },
  ],
  navigation: [
    { to: '', label: { en: 'Badges', de: 'Abzeichen' }, icon: MEDAL, order: 40 },
    {
      to: 'definitions',
      place: 'admin',
      label: { en: 'Manage badges', de: 'Abzeichen verwalten' },
      icon: CREATE,
      permission: 'badges.definitions.manage',
      order: 20,
    },
  ],
  slots: [
    { slot: 'dashboard.main', view: 'BadgeStrip', order: 20 },
    { slot: 'profile.main', view: 'BadgeShelf', order: 20 },
  ],
  live: [
    { topic: 'badges.earned', invalidates: ['badges.Gallery'], celebrates: true },
    { topic: 'points.awarded', invalidates: ['badges.Gallery'] },
  ],
} as const satisfies Contributions;
