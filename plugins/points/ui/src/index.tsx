import { definePlugin } from '@questline/ui-sdk';
import { lazy } from 'react';
import contributions from '../contributions.ts';
import { celebrateAward } from './celebrate.ts';
import { LevelCard } from './LevelCard.tsx';
import de from './locales/de.json';
import en from './locales/en.json';
import { PointsBalancePill } from './PointsBalancePill.tsx';

export default definePlugin(contributions, {
  views: {
    PointsBalancePill,
    LevelCard,
    PointsPage: lazy(() => import('./PointsPage.tsx')),
    RulesPage: lazy(() => import('./admin/RulesPage.tsx')),
  },
  resources: { en, de },
  celebrations: { 'points.awarded': celebrateAward },
});
