import { Button, Skeleton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaymentsGetAccessQuery } from './api.ts';
import { useMoney } from './money.ts';
import type { Offer } from './types.ts';
import { useBuy } from './useBuy.ts';

interface CourseActionProps {
  readonly courseId: string;
  /** The host's own way in. */
  readonly children: ReactNode;
}

const LINK = { px: { sm: 0 }, color: 'var(--ql-color-hero-ink)', textDecoration: 'underline' } as const;

/** The ways into a course that is sold as seats only. */
function SeatsOnly(): ReactNode {
  const { t } = useTranslation('payments');
  return (
    <Stack sx={{ gap: 1.5, alignItems: { xs: 'stretch', sm: 'flex-start' } }}>
      <Typography sx={{ color: 'var(--ql-color-hero-muted)' }}>{t('seats.only')}</Typography>
      <Button href="/x/payments/redeem" sx={LINK}>
        {t('seats.redeem.open')}
      </Button>
      <Button href="/x/payments" sx={LINK}>
        {t('more_offers')}
      </Button>
    </Stack>
  );
}

function BuyCourse({ offers }: { readonly offers: readonly Offer[] }): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  const { buy, busy } = useBuy();
  const own = offers.filter(({ kind }) => kind !== 'seats');
  const offer = own.find(({ kind }) => kind === 'course') ?? own[0];
  const price = offer?.prices[0];
  if (offer === undefined || price === undefined) return offers.length > own.length ? <SeatsOnly /> : null;
  const more = offers.length > 1 || offer.prices.length > 1 || offer.kind === 'bundle';
  return (
    <Stack sx={{ gap: 1.5, alignItems: { xs: 'stretch', sm: 'flex-start' } }}>
      <Typography component="p" sx={{ fontSize: '1.75rem', lineHeight: 1.2, fontWeight: 700, fontVariantNumeric: 'tabular-nums' }}>
        {money(price.amount, price)}
        <Typography component="span" variant="body2" sx={{ ml: 1, color: 'var(--ql-color-hero-muted)' }}>
          {price.interval ? `${t(`every.${price.interval}`)}, ` : ''}
          {t(price.tax_inclusive ? 'with_tax' : 'plus_tax')}
        </Typography>
      </Typography>
      {offer.kind === 'bundle' && <Typography sx={{ color: 'var(--ql-color-hero-muted)' }}>{t('in_bundle', { title: offer.title })}</Typography>}
      <Button
        variant="contained"
        size="large"
        loading={busy}
        onClick={() => void buy(price)}
        sx={{
          background: 'var(--ql-color-hero-action)',
          color: 'var(--ql-color-hero-on-action)',
          width: { xs: '100%', sm: 'auto' },
          '&:hover': { background: 'color-mix(in srgb, var(--ql-color-hero-action) 90%, var(--ql-color-hero-on-action))' },
        }}
      >
        {t(price.interval ? 'subscribe' : 'buy')}
      </Button>
      {more && (
        <Button href="/x/payments" sx={LINK}>
          {t('more_offers')}
        </Button>
      )}
    </Stack>
  );
}

/** The way into a course that is sold: its price for those who do not hold it, else the host's own button. */
export function CourseAction({ courseId, children }: CourseActionProps): ReactNode {
  const { currentData: access, error } = usePaymentsGetAccessQuery(courseId);
  if (access === undefined && error === undefined) return <Skeleton variant="rounded" width={180} height={48} />;
  return access === undefined || !access.for_sale || access.entitled ? children : <BuyCourse offers={access.offers} />;
}
