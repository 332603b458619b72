import { Alert, AlertTitle, Box, Button, CircularProgress } from '@mui/material';
import { useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePaymentsCancelOrderMutation } from './api.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { leave } from './leave.ts';
import type { Order } from './types.ts';

const SEVERITY = { open: 'info', paid: 'success', partly_refunded: 'info', refunded: 'info', disputed: 'warning', review: 'warning', cancelled: 'info', expired: 'info' } as const;

interface StandingProps {
  readonly order: Order;
  readonly looking: boolean;
  readonly onLook: () => void;
}

/** How an order stands, in words, and what can be done about it. */
export function Standing({ order, looking, onLook }: StandingProps): ReactNode {
  const { t } = useTranslation('payments');
  const notify = useNotify();
  const message = useProblemMessage();
  const [cancel, { isLoading, error }] = usePaymentsCancelOrderMutation();
  const [asking, setAsking] = useState(false);
  const { checkout_url: checkout, state } = order;
  const courses = [...new Map(order.lines.filter(({ kind }) => kind !== 'seats').flatMap((line) => line.courses).map((course) => [course.id, course])).values()];
  const paid = state === 'paid' || state === 'partly_refunded';
  const seats = order.lines.some(({ kind }) => kind === 'seats');
  const confirm = async (): Promise<void> => {
    if ((await cancel(order.id)).error !== undefined) return;
    setAsking(false);
    notify({ message: t('order.cancelled'), severity: 'success' });
  };
  const waiting = state === 'open';
  return (
    <>
      <Alert role="status" severity={SEVERITY[state]} icon={looking ? <CircularProgress aria-hidden size={22} color="inherit" /> : undefined} sx={{ mb: 3, py: 1.5, '& .MuiAlert-icon': { alignSelf: 'flex-start' } }}>
        <AlertTitle component="h2">{t(`order.${state}.title`)}</AlertTitle>
        {t(waiting && !looking ? 'order.open.later' : state === 'paid' && seats ? 'seats.paid' : `order.${state}.detail`)}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5, '&:empty': { display: 'none' } }}>
          {paid && seats && (
            <Button variant="contained" href="/x/payments/seats">
              {t('seats.to_seats')}
            </Button>
          )}
          {paid &&
            courses.map(({ id, slug, title }) => (
              <Button key={id} variant="contained" href={`/courses/${slug}`}>
                {t('order.to_course', { title })}
              </Button>
            ))}
          {waiting && checkout !== null && (
            <Button variant="contained" onClick={() => leave(checkout)}>
              {t('order.go_on')}
            </Button>
          )}
          {waiting && !looking && (
            <Button variant="outlined" onClick={onLook}>
              {t('order.look')}
            </Button>
          )}
          {order.can_cancel && (
            <Button variant="outlined" color="inherit" onClick={() => setAsking(true)}>
              {t('order.cancel')}
            </Button>
          )}
          {(state === 'cancelled' || state === 'expired') && (
            <Button variant="outlined" color="inherit" href="/x/payments">
              {t('cart.to_shop')}
            </Button>
          )}
        </Box>
      </Alert>
      {asking && (
        <ConfirmDialog
          title={t('order.cancel_title', { number: order.number })}
          detail={t('order.cancel_detail')}
          action={t('order.cancel')}
          keep={t('order.keep')}
          busy={isLoading}
          problem={error === undefined ? undefined : message(error)}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
