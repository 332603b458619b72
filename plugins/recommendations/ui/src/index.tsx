import { definePlugin } from '@questline/ui-sdk';
import { lazy } from 'react';
import contributions from '../contributions.ts';
import de from './locales/de.json';
import en from './locales/en.json';
import { NextForYou } from './NextForYou.tsx';
import { RelatedLessons } from './RelatedLessons.tsx';

export default definePlugin(contributions, {
  views: { NextForYou, RelatedLessons, TrainingPage: lazy(() => import('./TrainingPage.tsx')) },
  resources: { en, de },
});
