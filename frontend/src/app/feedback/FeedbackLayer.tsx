import { Alert, Button, Snackbar } from '@mui/material';
import { type ReactNode, Suspense, lazy, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isUpdateReady, subscribeToUpdates } from '../updates.ts';
import { celebrations, notices } from './notices.ts';

const CelebrationCard = lazy(() => import('../../design/celebration/CelebrationCard.tsx'));

const NOTICE_MILLISECONDS = 6000;

/** Shows waiting messages and celebrations, one of each at a time. */
export function FeedbackLayer(): ReactNode {
  const [notice] = useSyncExternalStore(notices.subscribe, notices.getSnapshot);
  const [celebration] = useSyncExternalStore(celebrations.subscribe, celebrations.getSnapshot);
  const updateReady = useSyncExternalStore(subscribeToUpdates, isUpdateReady);
  const { t } = useTranslation();
  const close = (): void => {
    if (notice !== undefined) notices.remove(notice.key);
  };
  return (
    <>
      <Snackbar
        open={updateReady}
        message={t('app.update_ready')}
        action={
          <Button color="inherit" size="small" onClick={() => location.reload()}>
            {t('app.reload')}
          </Button>
        }
      />
      {notice !== undefined && (
        <Snackbar
          key={notice.key}
          open
          autoHideDuration={NOTICE_MILLISECONDS}
          onClose={(_event, reason) => {
            if (reason !== 'clickaway') close();
          }}
        >
          <Alert severity={notice.value.severity ?? 'info'} onClose={close}>
            {notice.value.message}
          </Alert>
        </Snackbar>
      )}
      {celebration !== undefined && (
        <Suspense fallback={null}>
          <CelebrationCard
            key={celebration.key}
            celebration={celebration.value}
            onDone={() => celebrations.remove(celebration.key)}
          />
        </Suspense>
      )}
    </>
  );
}
