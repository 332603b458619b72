import { Alert, Box, Button } from '@mui/material';
import { useFormat, usePermission, useProblemMessage } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useAiTestProviderMutation } from './api.ts';
import { useTexts } from './texts.ts';
import type { AiProvider } from './types.ts';

/** Asks a provider whether it works, and says what it answered. */
export function TestButton({ provider }: { readonly provider: AiProvider }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const message = useProblemMessage();
  const may = usePermission('ai.settings.manage');
  const [test, { data, error, isLoading }] = useAiTestProviderMutation();
  if (!may) return null;
  return (
    <>
      <Button variant="outlined" loading={isLoading} aria-label={t('admin.providers.test_named', { name: provider.title })} onClick={() => void test(provider.name)}>
        {t('admin.providers.test')}
      </Button>
      <Box role="status" sx={{ flexBasis: '100%', '&:empty': { display: 'none' } }}>
        {!isLoading && data !== undefined && (
          <Alert severity={data.usable ? 'success' : 'error'}>
            {t(data.usable ? 'admin.providers.usable' : 'admin.providers.unusable', { ms: format.number(data.latency_ms) })} {data.detail}
          </Alert>
        )}
        {!isLoading && error !== undefined && <Alert severity="error">{message(error)}</Alert>}
      </Box>
    </>
  );
}
