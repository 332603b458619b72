import { Box, Button, Card, Chip, Link, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaymentsListOffersQuery } from './api.ts';
import { Frame } from './Frame.tsx';
import { useMoney } from './money.ts';
import type { Offer } from './types.ts';
import { useBuy } from './useBuy.ts';

function OfferCard({ offer }: { readonly offer: Offer }): ReactNode {
  const { t } = useTranslation('payments');
  const money = useMoney();
  const { buy, busy } = useBuy();
  return (
    <Card component="li" sx={{ p: { xs: 2.5, sm: 3 }, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'start', justifyContent: 'space-between' }}>
        <Typography variant="h3" component="h2" sx={{ overflowWrap: 'anywhere' }}>
          {offer.title}
        </Typography>
        {offer.owned && <Chip size="small" color="success" label={t('owned')} />}
      </Box>
      {offer.summary !== '' && <Typography color="textSecondary">{offer.summary}</Typography>}
      <Box component="ul" aria-label={t('includes')} sx={{ m: 0, pl: 2.5, display: 'grid', gap: 0.5 }}>
        {offer.courses.map(({ id, slug, title }) => (
          <li key={id}>
            <Link href={`/courses/${slug}`}>{title}</Link>
          </li>
        ))}
      </Box>
      {!offer.owned && (
        <Box sx={{ mt: 'auto', pt: 1, display: 'grid', gap: 1.5 }}>
          {offer.prices.map((price) => (
            <Box key={price.id} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', justifyContent: 'space-between' }}>
              <Typography component="p" sx={{ fontSize: '1.5rem', fontWeight: 700, lineHeight: 1.2, fontVariantNumeric: 'tabular-nums' }}>
                {money(price.amount, price)}
                <Typography component="span" variant="body2" color="textSecondary" sx={{ display: 'block' }}>
                  {offer.kind === 'seats' ? `${t('seats.each')}, ` : ''}
                  {price.interval ? `${t(`every.${price.interval}`)}, ` : ''}
                  {t(price.tax_inclusive ? 'with_tax' : 'plus_tax')}
                </Typography>
              </Typography>
              <Button
                variant="contained"
                loading={busy}
                aria-label={t('buy_named', { title: offer.title, price: `${money(price.amount, price)}${price.interval ? ` ${t(`every.${price.interval}`)}` : ''}` })}
                onClick={() => void buy(price)}
              >
                {t(price.interval ? 'subscribe' : 'add')}
              </Button>
            </Box>
          ))}
        </Box>
      )}
    </Card>
  );
}

/** Everything that is sold. */
export default function ShopPage(): ReactNode {
  const { t } = useTranslation('payments');
  const { data, error, refetch } = usePaymentsListOffersQuery();
  return (
    <Frame title={t('shop')} lead={t('shop_lead')}>
      {data === undefined && (error === undefined ? <LoadingState lines={2} height={180} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && (
        <EmptyState
          role="status"
          title={t('shop_none')}
          description={t('shop_none_detail')}
          action={
            <Button variant="outlined" href="/catalogue">
              {t('catalogue')}
            </Button>
          }
        />
      )}
      {data !== undefined && data.items.length > 0 && (
        <Box component="ul" aria-label={t('shop')} sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2.5, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '1fr 1fr' } }}>
          {data.items.map((offer) => (
            <OfferCard key={offer.product_id} offer={offer} />
          ))}
        </Box>
      )}
    </Frame>
  );
}
