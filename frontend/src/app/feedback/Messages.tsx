import type { Notice } from '@questline/ui-sdk';
import { Alert, Button, Snackbar } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const NOTICE_MILLISECONDS = 6000;
const ABOVE_NAVIGATION = { bottom: { xs: 'calc(76px + env(safe-area-inset-bottom))', md: 24 } } as const;

/** Asks the user to reload, because a newer version is on the server. */
export function UpdateMessage(): ReactNode {
  const { t } = useTranslation();
  const reload = (
    <Button color="inherit" size="small" onClick={() => location.reload()}>
      {t('app.reload')}
    </Button>
  );
  return <Snackbar open message={t('app.update_ready')} action={reload} sx={ABOVE_NAVIGATION} />;
}

interface NoticeMessageProps {
  readonly notice: Notice;
  /** Called when it has been shown for long enough or was closed. */
  readonly onDone: () => void;
}

/** Shows one short message. */
export function NoticeMessage({ notice, onDone }: NoticeMessageProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Snackbar
      open
      autoHideDuration={NOTICE_MILLISECONDS}
      sx={ABOVE_NAVIGATION}
      onClose={(_event, reason) => {
        if (reason !== 'clickaway') onDone();
      }}
    >
      <Alert severity={notice.severity ?? 'info'} onClose={onDone} closeText={t('app.close')}>
        {notice.message}
      </Alert>
    </Snackbar>
  );
}
