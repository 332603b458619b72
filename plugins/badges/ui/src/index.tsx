import { definePlugin } from '@questline/ui-sdk';
import { lazy } from 'react';
import contributions from '../contributions.ts';
import { BadgeShelf, BadgeStrip } from './BadgeStrip.tsx';
import { celebrateBadge } from './celebrate.ts';
import de from './locales/de.json';
import en from './locales/en.json';

export default definePlugin(contributions, {
  views: {
    BadgeStrip,
    BadgeShelf,
    GalleryPage: lazy(() => import('./GalleryPage.tsx')),
    DefinitionsPage: lazy(() => import('./admin/DefinitionsPage.tsx')),
  },
  resources: { en, de },
  celebrations: { 'badges.earned': celebrateBadge },
});
