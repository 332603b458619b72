import { Button, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { TEXTS } from './texts.ts';

interface PagerProps {
  /** What there is in all, in words. */
  readonly total: string;
  /** Cursors of the pages before the one that is shown. */
  readonly trail: readonly string[];
  readonly next: string | null;
  readonly onMove: (trail: readonly string[]) => void;
}

/** Leads through the pages of a list; nothing but its size where there is only one. */
export function Pager({ total, trail, next, onMove }: PagerProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Stack component="nav" aria-label={t('pages')} direction="row" sx={{ alignItems: 'center', gap: 1.5, mt: 2, minHeight: 44 }}>
      <Typography variant="body2" role="status" sx={{ flex: 1, color: color('muted') }}>
        {total}
      </Typography>
      {(trail.length > 0 || next !== null) && (
        <>
          <Button variant="outlined" disabled={trail.length === 0} onClick={() => onMove(trail.slice(0, -1))}>
            {t('previous')}
          </Button>
          <Button
            variant="outlined"
            disabled={next === null}
            onClick={() => {
              if (next !== null) onMove([...trail, next]);
            }}
          >
            {t('next')}
          </Button>
        </>
      )}
    </Stack>
  );
}
