import { Box, Button, Card, Chip, FormControlLabel, Switch, Typography } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useMoney } from '../money.ts';
import { Pager } from '../Pager.tsx';
import type { Price } from '../types.ts';
import { usePaging } from '../usePaging.ts';
import { usePaymentsChangePriceMutation, usePaymentsListCoursesQuery, usePaymentsListProductsQuery } from './api.ts';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { PriceDialog } from './PriceDialog.tsx';
import { ProductDialog } from './ProductDialog.tsx';
import { useTexts } from './texts.ts';
import type { Product } from './types.ts';

function PriceRow({ price }: { readonly price: Price }): ReactNode {
  const t = useTexts();
  const money = useMoney();
  const notify = useNotify();
  const message = useProblemMessage();
  const [change, { isLoading }] = usePaymentsChangePriceMutation();
  const offer = async (active: boolean): Promise<void> => {
    const { error } = await change({ id: price.id, active });
    if (error !== undefined) notify({ message: message(error), severity: 'error' });
  };
  return (
    <Box component="li" sx={{ display: 'flex', gap: 2, alignItems: 'center', justifyContent: 'space-between' }}>
      <Typography color={price.active ? 'textPrimary' : 'textSecondary'} sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {money(price.amount, price)} {price.interval ? `${t(`every.${price.interval}`)}, ` : ''}
        {t(price.tax_inclusive ? 'with_tax' : 'plus_tax')}
      </Typography>
      <FormControlLabel
        labelPlacement="start"
        control={<Switch checked={price.active} disabled={isLoading} onChange={(_, on) => void offer(on)} />}
        label={t('admin.products.offered')}
        sx={{ m: 0 }}
      />
    </Box>
  );
}

interface ProductCardProps {
  readonly product: Product;
  readonly onEdit: () => void;
  readonly onPrice: () => void;
}

function ProductCard({ product, onEdit, onPrice }: ProductCardProps): ReactNode {
  const t = useTexts();
  const { data: courses } = usePaymentsListCoursesQuery();
  const titles = product.course_ids.map((id) => courses?.items.find((course) => course.id === id)?.title).filter(Boolean);
  return (
    <Card component="li" sx={{ p: { xs: 2, sm: 3 }, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'start', justifyContent: 'space-between' }}>
        <Typography variant="h4" component="h2" sx={{ overflowWrap: 'anywhere' }}>
          {product.title}
        </Typography>
        {!product.active && <Chip size="small" variant="outlined" label={t('admin.products.off')} />}
      </Box>
      <Typography variant="body2" color="textSecondary">
        {t(`admin.products.kinds.${product.kind}`)}: {titles.join(', ')}
      </Typography>
      {product.prices.length === 0 ? (
        <Typography variant="body2">{t('admin.products.no_price')}</Typography>
      ) : (
        <Box component="ul" aria-label={t('admin.products.prices_of', { title: product.title })} sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {product.prices.map((price) => (
            <PriceRow key={price.id} price={price} />
          ))}
        </Box>
      )}
      <Box sx={{ display: 'flex', gap: 1, mt: 'auto', pt: 0.5 }}>
        <Button variant="outlined" size="small" aria-label={t('admin.products.price_named', { title: product.title })} onClick={onPrice}>
          {t('admin.products.price')}
        </Button>
        <Button variant="outlined" size="small" aria-label={t('admin.products.edit_named', { title: product.title })} onClick={onEdit}>
          {t('admin.products.edit')}
        </Button>
      </Box>
    </Card>
  );
}

/** What is sold, and at what prices. */
export default function ProductsPage(): ReactNode {
  const t = useTexts();
  const paging = usePaging();
  const query = usePaymentsListProductsQuery(paging.params);
  const [editing, setEditing] = useState<Product | 'new'>();
  const [pricing, setPricing] = useState<Product>();
  const button = query.data && (
    <Button variant="contained" onClick={() => setEditing('new')}>
      {t('admin.products.add')}
    </Button>
  );
  return (
    <Frame page="products" actions={button}>
      <Fetched query={query} isEmpty={({ items }) => items.length === 0} none={t('admin.products.none')} noneDetail={t('admin.products.none_detail')}>
        {(data) => (
          <Box component="ul" aria-label={t('admin.products.title')} sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '1fr 1fr' } }}>
            {data.items.map((product) => (
              <ProductCard key={product.id} product={product} onEdit={() => setEditing(product)} onPrice={() => setPricing(product)} />
            ))}
          </Box>
        )}
      </Fetched>
      <Pager paging={paging} next={query.data?.next_cursor} />
      {editing !== undefined && <ProductDialog product={editing === 'new' ? null : editing} onClose={() => setEditing(undefined)} />}
      {pricing !== undefined && <PriceDialog product={pricing} onClose={() => setPricing(undefined)} />}
    </Frame>
  );
}
