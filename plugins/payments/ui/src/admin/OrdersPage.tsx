import { MenuItem, Stack, TextField } from '@mui/material';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { OrderList } from '../OrderList.tsx';
import { Pager } from '../Pager.tsx';
import { STATES } from '../types.ts';
import { usePaging } from '../usePaging.ts';
import { usePaymentsListOrdersQuery } from './api.ts';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { useTexts } from './texts.ts';

/** All orders, by state and by words. */
export default function OrdersPage(): ReactNode {
  const t = useTexts();
  const paging = usePaging();
  const [state, setState] = useState('');
  const [words, setWords] = useState('');
  const search = useDeferredValue(words.trim());
  const query = usePaymentsListOrdersQuery({ ...paging.params, ...(state === '' ? {} : { state }), ...(search === '' ? {} : { search }) });
  return (
    <Frame page="orders">
      <Stack direction="row" sx={{ gap: 2, mb: 3, flexWrap: 'wrap' }}>
        <TextField
          size="small"
          type="search"
          label={t('admin.orders.search')}
          value={words}
          onChange={(event) => {
            paging.reset();
            setWords(event.target.value);
          }}
          slotProps={{ htmlInput: { maxLength: 100 } }}
          sx={{ flex: '1 1 220px', maxWidth: 360 }}
        />
        <TextField
          select
          size="small"
          label={t('admin.state')}
          value={state}
          onChange={(event) => {
            paging.reset();
            setState(event.target.value);
          }}
          slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
          sx={{ minWidth: 180 }}
        >
          <MenuItem value="">{t('admin.all')}</MenuItem>
          {STATES.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`states.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
      <Fetched query={query} isEmpty={({ items }) => items.length === 0} none={t('admin.orders.none')} noneDetail={t('admin.orders.none_detail')}>
        {(data) => <OrderList label={t('admin.orders.title')} orders={data.items} root="/x/payments/admin/orders" />}
      </Fetched>
      <Pager paging={paging} next={query.data?.next_cursor} />
    </Frame>
  );
}
