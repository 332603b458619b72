import { definePlugin } from '@questline/ui-sdk';
import { lazy } from 'react';
import contributions from '../contributions.ts';
import de from './locales/de.json';
import en from './locales/en.json';
import { RankCard } from './RankCard.tsx';

export default definePlugin(contributions, {
  views: { RankCard, LeaderboardPage: lazy(() => import('./LeaderboardPage.tsx')) },
  resources: { en, de },
});
