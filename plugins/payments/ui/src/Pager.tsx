import { Button, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { usePaging } from './usePaging.ts';

interface PagerProps {
  readonly paging: ReturnType<typeof usePaging>;
  readonly next: string | null | undefined;
}

/** The buttons to the pages before and after; nothing where there is one page only. */
export function Pager({ paging, next }: PagerProps): ReactNode {
  const { t } = useTranslation('payments');
  if (paging.onBack === undefined && (next ?? undefined) === undefined) return null;
  return (
    <Stack direction="row" sx={{ gap: 1, mt: 2, justifyContent: 'center' }}>
      <Button variant="outlined" disabled={paging.onBack === undefined} onClick={paging.onBack}>
        {t('newer')}
      </Button>
      <Button variant="outlined" disabled={(next ?? undefined) === undefined} onClick={() => typeof next === 'string' && paging.onNext(next)}>
        {t('older')}
      </Button>
    </Stack>
  );
}
