import { Box, Button, Card, Chip, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useMoney } from '../money.ts';
import { Pager } from '../Pager.tsx';
import { usePaging } from '../usePaging.ts';
import { usePaymentsListCouponsQuery } from './api.ts';
import { CouponDialog } from './CouponDialog.tsx';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { useTexts } from './texts.ts';
import type { Coupon } from './types.ts';

function CouponRow({ coupon, onEdit }: { readonly coupon: Coupon; readonly onEdit: () => void }): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const format = useFormat();
  const off = coupon.amount === null ? format.percent(coupon.percent ?? 0) : money(coupon.amount, { currency: coupon.currency, exponent: coupon.exponent ?? 2 });
  const facts = [
    t('admin.coupons.off', { off }),
    coupon.max_uses === null ? t('admin.coupons.used', { count: coupon.uses }) : t('admin.coupons.used_of', { used: format.number(coupon.uses), most: format.number(coupon.max_uses) }),
    coupon.product_ids.length === 0 ? '' : t('admin.coupons.for_products', { count: coupon.product_ids.length }),
    coupon.starts_at === null ? '' : t('admin.coupons.from', { date: format.date(coupon.starts_at) }),
    coupon.ends_at === null ? '' : t('admin.coupons.until', { date: format.date(coupon.ends_at) }),
  ];
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', py: 1.75, borderTop: '1px solid var(--ql-color-line)', '&:first-of-type': { borderTop: 0 } }}>
      <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
        <Typography variant="h4" component="h2" sx={{ overflowWrap: 'anywhere' }}>
          {coupon.code}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {facts.filter(Boolean).join(' · ')}
        </Typography>
      </Box>
      {!coupon.active && <Chip size="small" variant="outlined" label={t('admin.coupons.off_chip')} />}
      <Button variant="outlined" size="small" aria-label={t('admin.products.edit_named', { title: coupon.code })} onClick={onEdit}>
        {t('admin.products.edit')}
      </Button>
    </Box>
  );
}

/** The promotion codes. */
export default function CouponsPage(): ReactNode {
  const t = useTexts();
  const paging = usePaging();
  const query = usePaymentsListCouponsQuery(paging.params);
  const [editing, setEditing] = useState<Coupon | 'new'>();
  const button = query.data && (
    <Button variant="contained" onClick={() => setEditing('new')}>
      {t('admin.coupons.add')}
    </Button>
  );
  return (
    <Frame page="coupons" actions={button}>
      <Fetched query={query} isEmpty={({ items }) => items.length === 0} none={t('admin.coupons.none')} noneDetail={t('admin.coupons.none_detail')}>
        {(data) => (
          <Card component="ul" aria-label={t('admin.coupons.title')} sx={{ m: 0, px: { xs: 2, sm: 3 }, py: 0.5, listStyle: 'none' }}>
            {data.items.map((coupon) => (
              <CouponRow key={coupon.id} coupon={coupon} onEdit={() => setEditing(coupon)} />
            ))}
          </Card>
        )}
      </Fetched>
      <Pager paging={paging} next={query.data?.next_cursor} />
      {editing !== undefined && <CouponDialog coupon={editing === 'new' ? null : editing} onClose={() => setEditing(undefined)} />}
    </Frame>
  );
}
