import { Page, PageHeader, useCan } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { Pages } from '../Frame.tsx';
import { useTexts } from './texts.ts';

const PAGES = [
  ['orders', 'payments.orders.read'],
  ['subscriptions', 'payments.orders.read'],
  ['products', 'payments.catalogue.manage'],
  ['coupons', 'payments.catalogue.manage'],
  ['tax', 'payments.catalogue.manage'],
  ['revenue', 'payments.orders.read'],
  ['ledger', 'payments.orders.read'],
  ['messages', 'payments.orders.read'],
  ['reconcile', 'payments.orders.manage'],
] as const;

interface FrameProps {
  readonly page: (typeof PAGES)[number][0];
  /** In place of the page's own title. */
  readonly title?: string;
  readonly lead?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page for those who sell, with the links to the others. */
export function Frame({ page, title, lead, actions, children }: FrameProps): ReactNode {
  const t = useTexts();
  const can = useCan();
  const links = PAGES.filter(([, permission]) => can(permission)).map(([key]) => ({ to: `/x/payments/admin/${key}`, label: t(`admin.${key}.name`) }));
  return (
    <Page title={title ?? t(`admin.${page}.title`)} maxWidth="lg">
      <PageHeader title={title ?? t(`admin.${page}.title`)} description={lead ?? t(`admin.${page}.lead`)} actions={actions} />
      <Pages label={t('admin.pages')} links={links} />
      {children}
    </Page>
  );
}
