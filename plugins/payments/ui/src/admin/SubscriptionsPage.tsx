import { MenuItem, TextField } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { Pager } from '../Pager.tsx';
import { SubscriptionList } from '../SubscriptionList.tsx';
import { usePaymentsListSubscriptionsQuery } from '../subscriptionsApi.ts';
import { SUBSCRIPTION_STATES } from '../types.ts';
import { usePaging } from '../usePaging.ts';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { useTexts } from './texts.ts';

/** All subscriptions, by state. */
export default function SubscriptionsPage(): ReactNode {
  const t = useTexts();
  const paging = usePaging();
  const [state, setState] = useState('');
  const query = usePaymentsListSubscriptionsQuery({ ...paging.params, ...(state === '' ? {} : { state }) });
  return (
    <Frame page="subscriptions">
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
        sx={{ minWidth: 180, mb: 3 }}
      >
        <MenuItem value="">{t('admin.all')}</MenuItem>
        {SUBSCRIPTION_STATES.map((each) => (
          <MenuItem key={each} value={each}>
            {t(`subscriptions.states.${each}`)}
          </MenuItem>
        ))}
      </TextField>
      <Fetched query={query} isEmpty={({ items }) => items.length === 0} none={t('admin.subscriptions.none')} noneDetail={t('admin.subscriptions.none_detail')}>
        {(data) => <SubscriptionList label={t('admin.subscriptions.title')} subscriptions={data.items} />}
      </Fetched>
      <Pager paging={paging} next={query.data?.next_cursor} />
    </Frame>
  );
}
