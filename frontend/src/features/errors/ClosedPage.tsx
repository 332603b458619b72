import { Box, Button } from '@mui/material';
import { useSite } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Closed } from '../../app/session/closed.ts';
import { BrokenPath, Message } from './Message.tsx';

/** What stands in place of every page while the organisation's site is closed. */
export default function ClosedPage({ closed }: { readonly closed: Closed }): ReactNode {
  const { t } = useTranslation();
  const site = useSite();
  const main = useRef<HTMLElement>(null);
  useEffect(() => main.current?.focus(), []);
  const title = t(`errors.${closed}_title`, { site: site?.name ?? t('errors.this_site') });
  return (
    <Box component="main" id="main" tabIndex={-1} ref={main} sx={{ outline: 0 }}>
      <title>{title}</title>
      <Message picture={<BrokenPath />} title={title} description={t(`errors.${closed}_detail`)}>
        {closed === 'tenant_suspended' && (
          <Button variant="contained" onClick={() => globalThis.location.reload()}>
            {t('errors.reload')}
          </Button>
        )}
      </Message>
    </Box>
  );
}
