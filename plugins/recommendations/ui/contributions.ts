import type { Contributions } from '@questline/ui-sdk';

const BULB =
  'M7 20h4c0 1.1-.9 2-2 2s-2-.9-2-2m-2-1h8v-2H5zm11.5-9.5c0 3.82-2.66 5.86-3.77 6.5H5.27c-1.11-.64-3.77-2.68-3.77-6.5C1.5 5.36 4.86 2 9 2s7.5 3.36 7.5 7.5m-2 0C14.5 6.47 12.03 4 9 4S3.5 6.47 3.5 9.5c0 2.47 1.49 3.89 2.35 4.5h6.3c.86-.61 2.35-2.03 2.35-4.5m6.87-2.13L20 8l1.37.63L22 10l.63-1.37L24 8l-1.37-.63L22 6zM19 6l.94-2.06L22 3l-2.06-.94L19 0l-.94 2.06L16 3l2.06.94z';

export default {
  routes: [
    {
      path: 'training',
      view: 'TrainingPage',
      permission: 'recommendations.model.train',
      title: { en: 'Recommendations', de: 'Empfehlungen' },
    },
  ],
  navigation: [
    {
      to: 'training',
      place: 'admin',
      label: { en: 'Recommendations', de: 'Empfehlungen' },
      icon: BULB,
      permission: 'recommendations.model.train',
      order: 60,
    },
  ],
  slots: [
    { slot: 'dashboard.main', view: 'NextForYou', permission: 'recommendations.lessons.read', order: 5 },
    { slot: 'lesson.after', view: 'RelatedLessons', permission: 'recommendations.lessons.read', order: 50 },
  ],
  live: [{ topic: 'recommendations.changed', invalidates: ['recommendations.Next'] }],
} as const satisfies Contributions;
