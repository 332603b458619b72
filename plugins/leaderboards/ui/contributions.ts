import type { Contributions } from '@questline/ui-sdk';

const PODIUM =
  'M6.5 21H3c-.55 0-1-.45-1-1V10c0-.55.45-1 1-1h3.5c.55 0 1 .45 1 1v10c0 .55-.45 1-1 1m7.25-18h-3.5c-.55 0-1 .45-1 1v16c0 .55.45 1 1 1h3.5c.55 0 1-.45 1-1V4c0-.55-.45-1-1-1M21 11h-3.5c-.55 0-1 .45-1 1v8c0 .55.45 1 1 1H21c.55 0 1-.45 1-1v-8c0-.55-.45-1-1-1';

export default {
  routes: [{ path: '', view: 'LeaderboardPage', title: { en: 'Leaderboard', de: 'Rangliste' } }],
  navigation: [{ to: '', label: { en: 'Leaderboard', de: 'Rangliste' }, icon: PODIUM, order: 30 }],
  slots: [{ slot: 'dashboard.aside', view: 'RankCard', order: 20 }],
  live: [
    { topic: 'leaderboards.changed', invalidates: ['leaderboards.Board'] },
    { topic: 'leaderboards.moved', invalidates: ['leaderboards.Board'] },
  ],
} as const satisfies Contributions;
