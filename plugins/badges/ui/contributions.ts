import type { Contributions } from '@questline/ui-sdk';

const MEDAL =
  'M17 10.43V3c0-.55-.45-1-1-1H8c-.55 0-1 .45-1 1v7.43c0 .35.18.68.49.86l4.18 2.51-.99 2.34-2.22.19c-.46.04-.64.59-.3.88l1.69 1.46-.51 2.18c-.1.43.37.77.75.54L12 20.23l1.91 1.15c.38.23.85-.11.75-.54l-.51-2.18 1.69-1.46c.33-.29.16-.84-.29-.88l-2.22-.19-.99-2.34 4.18-2.51c.3-.17.48-.49.48-.85m-4 1.8-1 .6-1-.6V3h2z';

export default {
  routes: [{ path: '', view: 'GalleryPage', title: { en: 'Badges', de: 'Abzeichen' } }],
  navigation: [{ to: '', label: { en: 'Badges', de: 'Abzeichen' }, icon: MEDAL, order: 40 }],
  slots: [
    { slot: 'dashboard.main', view: 'BadgeStrip', order: 20 },
    { slot: 'profile.main', view: 'BadgeShelf', order: 20 },
  ],
  live: [
    { topic: 'badges.earned', invalidates: ['badges.Gallery'], celebrates: true },
    { topic: 'points.awarded', invalidates: ['badges.Gallery'] },
  ],
} as const satisfies Contributions;
