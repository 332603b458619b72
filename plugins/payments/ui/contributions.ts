import type { Contributions } from '@questline/ui-sdk';

const SHOP =
  'm21.9 7.89-1.05-3.37c-.22-.9-1-1.52-1.91-1.52H5.05c-.9 0-1.69.63-1.9 1.52L2.1 7.89c-.46 1.97.85 3.11.9 3.17V19c0 1.1.9 2 2 2h14c1.1 0 2-.9 2-2v-7.94c1.12-1.12 1.09-2.41.9-3.17M13 5h1.96l.54 3.52c.09.71-.39 1.48-1.28 1.48-.67 0-1.22-.59-1.22-1.31zM6.44 8.86c-.08.65-.6 1.14-1.21 1.14-.93 0-1.35-.97-1.19-1.64L5.05 5h1.97zM11 8.69c0 .72-.55 1.31-1.29 1.31-.75 0-1.3-.7-1.22-1.48L9.04 5H11zM18.77 10c-.61 0-1.14-.49-1.21-1.14L16.98 5l1.93-.01 1.05 3.37c.16.67-.25 1.64-1.19 1.64';
const MONEY =
  'M23 8v10c0 1.1-.9 2-2 2H5c-.55 0-1-.45-1-1s.45-1 1-1h16V8c0-.55.45-1 1-1s1 .45 1 1M4 16c-1.66 0-3-1.34-3-3V7c0-1.66 1.34-3 3-3h12c1.66 0 3 1.34 3 3v7c0 1.1-.9 2-2 2zm3-6c0 1.66 1.34 3 3 3s3-1.34 3-3-1.34-3-3-3-3 1.34-3 3';
const BUY = 'payments.orders.buy';
const READ = 'payments.orders.read';
const SELL = 'payments.catalogue.manage';

export default {
  routes: [
    { path: '', view: 'ShopPage', permission: BUY, title: { en: 'Shop', de: 'Angebote' } },
    { path: 'cart', view: 'CartPage', permission: BUY, title: { en: 'Cart', de: 'Warenkorb' } },
    { path: 'orders', view: 'OrdersPage', permission: BUY, title: { en: 'Orders', de: 'Bestellungen' } },
    { path: 'orders/:id', view: 'OrderPage', permission: BUY, title: { en: 'Order', de: 'Bestellung' } },
    { path: 'subscriptions', view: 'SubscriptionsPage', permission: BUY, title: { en: 'Subscriptions', de: 'Abonnements' } },
    { path: 'seats', view: 'SeatsPage', permission: BUY, title: { en: 'Seats', de: 'Plätze' } },
    { path: 'seats/:id', view: 'SeatPage', permission: BUY, title: { en: 'Seats', de: 'Plätze' } },
    { path: 'redeem', view: 'SeatRedeemPage', permission: BUY, title: { en: 'Redeem a code', de: 'Code einlösen' } },
    { path: 'documents/:id', view: 'DocumentPage', permission: BUY, title: { en: 'Invoice', de: 'Rechnung' } },
    { path: 'admin/orders', view: 'AdminOrdersPage', permission: READ, title: { en: 'Orders', de: 'Bestellungen' } },
    { path: 'admin/orders/:id', view: 'AdminOrderPage', permission: READ, title: { en: 'Order', de: 'Bestellung' } },
    { path: 'admin/subscriptions', view: 'AdminSubscriptionsPage', permission: READ, title: { en: 'Subscriptions', de: 'Abonnements' } },
    { path: 'admin/products', view: 'ProductsPage', permission: SELL, title: { en: 'Products', de: 'Produkte' } },
    { path: 'admin/coupons', view: 'CouponsPage', permission: SELL, title: { en: 'Promotion codes', de: 'Aktionscodes' } },
    { path: 'admin/tax', view: 'TaxPage', permission: SELL, title: { en: 'Tax', de: 'Steuern' } },
    { path: 'admin/revenue', view: 'RevenuePage', permission: READ, title: { en: 'Revenue', de: 'Umsatz' } },
    { path: 'admin/ledger', view: 'LedgerPage', permission: READ, title: { en: 'Ledger', de: 'Hauptbuch' } },
    { path: 'admin/messages', view: 'MessagesPage', permission: READ, title: { en: 'Webhooks', de: 'Webhooks' } },
    { path: 'admin/reconcile', view: 'ReconcilePage', permission: 'payments.orders.manage', title: { en: 'Reconciliation', de: 'Abgleich' } },
  ],
  navigation: [
    { to: 'orders', place: 'user', label: { en: 'Orders', de: 'Bestellungen' }, icon: SHOP, permission: BUY, order: 40 },
    { to: 'admin/orders', place: 'admin', label: { en: 'Payments', de: 'Zahlungen' }, icon: MONEY, permission: READ, order: 45 },
  ],
  slots: [{ slot: 'course.action', view: 'CourseAction', permission: BUY }],
} as const satisfies Contributions;
