import { Box, Button } from '@mui/material';
import { isApiProblem } from '@questline/ui-sdk';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse } from 'react-router';
import NotFoundPage from './NotFoundPage.tsx';
import { BrokenPath, Message } from './Message.tsx';

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener('online', listener);
  globalThis.addEventListener('offline', listener);
  return () => {
    globalThis.removeEventListener('online', listener);
    globalThis.removeEventListener('offline', listener);
  };
}

/** Whether the browser believes it has a network. */
function useOnline(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine);
}

/** What stands in place of a page that failed: its code is gone, there is no network, or it broke. */
export default function ErrorPage({ error }: { readonly error?: unknown }): ReactNode {
  const { t } = useTranslation();
  const online = useOnline();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFoundPage />;
  const kind = online ? 'broken' : 'offline';
  const reference = isApiProblem(error) ? error.requestId : error instanceof Error ? error.name : undefined;
  return (
    <Box component="main" id="main" tabIndex={-1}>
      <title>{t(`errors.${kind}_title`)}</title>
      <Message
        picture={<BrokenPath />}
        title={t(`errors.${kind}_title`)}
        description={
          <>
            {t(`errors.${kind}_detail`)}
            {online && reference !== undefined && (
              <Box component="p" sx={{ mt: 1.5, mb: 0, fontSize: '0.875rem' }}>
                {t('errors.reference')} <code>{reference}</code>
              </Box>
            )}
          </>
        }
      >
        <Button variant="contained" onClick={() => globalThis.location.reload()}>
          {t('errors.reload')}
        </Button>
        <Button href="/" variant="outlined">
          {t('errors.home')}
        </Button>
      </Message>
    </Box>
  );
}
