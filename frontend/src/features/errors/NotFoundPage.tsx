import { Button } from '@mui/material';
import { Page } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BrokenPath, Message } from './Message.tsx';

/** There is nothing at this address. */
export default function NotFoundPage(): ReactNode {
  const { t } = useTranslation();
  return (
    <Page title={t('errors.not_found_title')}>
      <Message picture={<BrokenPath />} title={t('errors.not_found_title')} description={t('errors.not_found_detail')}>
        <Button href="/" variant="contained">
          {t('errors.home')}
        </Button>
        <Button href="/catalogue" variant="outlined">
          {t('errors.courses')}
        </Button>
      </Message>
    </Page>
  );
}
