import { Box } from '@mui/material';
import { Page, PageHeader } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';

export interface PageLink {
  readonly to: string;
  readonly label: string;
}

/** Links between pages that belong together. */
export function Pages({ label, links }: { readonly label: string; readonly links: readonly PageLink[] }): ReactNode {
  return (
    <Box component="nav" aria-label={label} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 3, '@media print': { display: 'none' } }}>
      {links.map(({ to, label: text }) => (
        <Box
          key={to}
          component={NavLink}
          to={to}
          end={to === '/x/payments'}
          sx={{
            px: 1.75,
            py: 1,
            borderRadius: 'var(--ql-radius-small)',
            color: 'text.primary',
            textDecoration: 'none',
            border: '1px solid var(--ql-color-line)',
            '&:hover': { textDecoration: 'underline' },
            '&[aria-current=page]': { background: 'var(--ql-color-primary-soft)', borderColor: 'var(--ql-color-primary-ink)', color: 'var(--ql-color-primary-ink)' },
          }}
        >
          {text}
        </Box>
      ))}
    </Box>
  );
}

interface FrameProps {
  readonly title: string;
  readonly lead?: string;
  readonly overline?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page for buyers with its heading and the links to the others. */
export function Frame({ title, lead, overline, actions, children }: FrameProps): ReactNode {
  const { t } = useTranslation('payments');
  const links = [
    { to: '/x/payments', label: t('shop') },
    { to: '/x/payments/cart', label: t('cart.title') },
    { to: '/x/payments/orders', label: t('orders.title') },
    { to: '/x/payments/subscriptions', label: t('subscriptions.title') },
    { to: '/x/payments/seats', label: t('seats.title') },
  ];
  return (
    <Page title={title} maxWidth="lg">
      <PageHeader title={title} overline={overline} description={lead} actions={actions} />
      <Pages label={t('pages')} links={links} />
      {children}
    </Page>
  );
}
