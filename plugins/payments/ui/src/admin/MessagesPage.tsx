import { Alert, Box, Button, Card, Chip, Dialog, DialogActions, DialogContent, DialogTitle, MenuItem, TextField, Typography } from '@mui/material';
import { useFormat, useNotify, usePermission, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { Pager } from '../Pager.tsx';
import { usePaging } from '../usePaging.ts';
import { usePaymentsGetMessageQuery, usePaymentsListMessagesQuery, usePaymentsReplayMessageMutation } from './api.ts';
import { Fetched } from './Fetched.tsx';
import { Frame } from './Frame.tsx';
import { useTexts } from './texts.ts';
import { MESSAGE_STATES, type Message } from './types.ts';

const COLOURS = { waiting: 'info', done: 'success', failed: 'error', refused: 'warning', unchecked: 'default' } as const;

function Details({ message, onClose }: { readonly message: Message; readonly onClose: () => void }): ReactNode {
  const t = useTexts();
  const query = usePaymentsGetMessageQuery(message.id);
  return (
    <Dialog open onClose={onClose} aria-labelledby="payments-message" fullWidth maxWidth="md">
      <DialogTitle id="payments-message">{message.type ?? t('admin.messages.unknown')}</DialogTitle>
      <DialogContent>
        <Fetched query={query}>
          {({ headers, body }) => (
            <Box
              component="pre"
              tabIndex={0}
              role="region"
              aria-label={t('admin.messages.raw')}
              sx={{ m: 0, p: 2, borderRadius: 'var(--ql-radius-small)', border: '1px solid var(--ql-color-line)', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', fontSize: '0.8125rem' }}
            >
              {`${Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`}
            </Box>
          )}
        </Fetched>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {t('admin.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Row({ message, onOpen }: { readonly message: Message; readonly onOpen: () => void }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const notify = useNotify();
  const problem = useProblemMessage();
  const may = usePermission('payments.orders.manage');
  const [replay, { isLoading }] = usePaymentsReplayMessageMutation();
  const name = message.type ?? t('admin.messages.unknown');
  const again = async (): Promise<void> => {
    const answer = await replay(message.id);
    notify(answer.error === undefined ? { message: t('admin.messages.replayed'), severity: 'success' } : { message: problem(answer.error), severity: 'error' });
  };
  return (
    <Box component="li" sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, py: 1.75, borderTop: '1px solid var(--ql-color-line)', '&:first-of-type': { borderTop: 0 } }}>
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>
        <Typography variant="h4" component="h2" sx={{ overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {[message.provider, format.dateTime(message.received_at), message.times > 1 ? t('admin.messages.times', { count: message.times }) : ''].filter(Boolean).join(' · ')}
        </Typography>
        {message.error !== '' && (
          <Alert severity="error" sx={{ mt: 1, overflowWrap: 'anywhere' }}>
            {message.error}
          </Alert>
        )}
      </Box>
      <Chip size="small" color={COLOURS[message.state]} variant={COLOURS[message.state] === 'default' ? 'outlined' : 'filled'} label={t(`admin.messages.states.${message.state}`)} />
      <Button variant="outlined" size="small" aria-label={t('admin.messages.open_named', { name })} onClick={onOpen}>
        {t('admin.messages.open')}
      </Button>
      {may && message.payment_id !== null && (
        <Button variant="outlined" size="small" loading={isLoading} aria-label={t('admin.messages.replay_named', { name })} onClick={() => void again()}>
          {t('admin.messages.replay')}
        </Button>
      )}
    </Box>
  );
}

/** What providers told the site, and acting on it again. */
export default function MessagesPage(): ReactNode {
  const t = useTexts();
  const paging = usePaging();
  const [state, setState] = useState('');
  const [open, setOpen] = useState<Message>();
  const query = usePaymentsListMessagesQuery({ ...paging.params, ...(state === '' ? {} : { state }) });
  return (
    <Frame page="messages">
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
        sx={{ minWidth: 200, mb: 3 }}
      >
        <MenuItem value="">{t('admin.all')}</MenuItem>
        {MESSAGE_STATES.map((each) => (
          <MenuItem key={each} value={each}>
            {t(`admin.messages.states.${each}`)}
          </MenuItem>
        ))}
      </TextField>
      <Fetched query={query} isEmpty={({ items }) => items.length === 0} none={t('admin.messages.none')} noneDetail={t('admin.messages.none_detail')}>
        {(data) => (
          <Card component="ul" aria-label={t('admin.messages.title')} sx={{ m: 0, px: { xs: 2, sm: 3 }, py: 0.5, listStyle: 'none' }}>
            {data.items.map((message) => (
              <Row key={message.id} message={message} onOpen={() => setOpen(message)} />
            ))}
          </Card>
        )}
      </Fetched>
      <Pager paging={paging} next={query.data?.next_cursor} />
      {open !== undefined && <Details message={open} onClose={() => setOpen(undefined)} />}
    </Frame>
  );
}
