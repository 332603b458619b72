import { definePlugin } from '@questline/ui-sdk';
import { lazy } from 'react';
import contributions from '../contributions.ts';
import { CourseAction } from './CourseAction.tsx';
import de from './locales/de.json';
import en from './locales/en.json';

export default definePlugin(contributions, {
  views: {
    CourseAction,
    ShopPage: lazy(() => import('./ShopPage.tsx')),
    CartPage: lazy(() => import('./CartPage.tsx')),
    OrdersPage: lazy(() => import('./OrdersPage.tsx')),
    OrderPage: lazy(() => import('./OrderPage.tsx')),
    SubscriptionsPage: lazy(() => import('./SubscriptionsPage.tsx')),
    SeatsPage: lazy(() => import('./SeatsPage.tsx')),
    SeatPage: lazy(() => import('./SeatPage.tsx')),
    SeatRedeemPage: lazy(() => import('./SeatRedeemPage.tsx')),
    DocumentPage: lazy(() => import('./DocumentPage.tsx')),
    AdminOrdersPage: lazy(() => import('./admin/OrdersPage.tsx')),
    AdminOrderPage: lazy(() => import('./admin/OrderPage.tsx')),
    AdminSubscriptionsPage: lazy(() => import('./admin/SubscriptionsPage.tsx')),
    ProductsPage: lazy(() => import('./admin/ProductsPage.tsx')),
    CouponsPage: lazy(() => import('./admin/CouponsPage.tsx')),
    TaxPage: lazy(() => import('./admin/TaxPage.tsx')),
    RevenuePage: lazy(() => import('./admin/RevenuePage.tsx')),
    LedgerPage: lazy(() => import('./admin/LedgerPage.tsx')),
    MessagesPage: lazy(() => import('./admin/MessagesPage.tsx')),
    ReconcilePage: lazy(() => import('./admin/ReconcilePage.tsx')),
  },
  resources: { en, de },
});
