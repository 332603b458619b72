import RedoRounded from '@mui/icons-material/RedoRounded';
import UndoRounded from '@mui/icons-material/UndoRounded';
import { Alert, Box, Button, IconButton, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color, shadow } from '../../design/theme/tokens.ts';
import { useEditor } from './editorContext.ts';
import { countChanges } from './draft.ts';

interface SaveBarProps {
  readonly saving: boolean;
  /** What the server refused, a sentence each. */
  readonly problems: readonly string[];
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}

const SHOWN = 4;

/** How much is unsaved, the way back, and saving it; stays in view. */
export function SaveBar({ saving, problems, onSave, onDiscard }: SaveBarProps): ReactNode {
  const { t } = useTranslation('theming');
  const { history, dispatch } = useEditor();
  const count = countChanges(history);
  return (
    <Box
      sx={{
        position: 'sticky',
        bottom: { xs: 'calc(60px + env(safe-area-inset-bottom))', md: 0 },
        zIndex: 2,
        mx: { xs: -2, sm: -3, lg: 0 },
        px: { xs: 2, sm: 3, lg: 2 },
        py: 1.5,
        mt: 2,
        background: color('raised'),
        borderTop: border(),
        boxShadow: { xs: shadow('raised'), lg: 'none' },
      }}
    >
      {problems.length > 0 && (
        <Alert severity="error" sx={{ mb: 1.5, '& ul': { m: 0, pl: 2 } }}>
          <Typography variant="subtitle2" component="p">
            {t('refused')}
          </Typography>
          <ul>
            {problems.slice(0, SHOWN).map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
          {problems.length > SHOWN && t('refused_more', { count: problems.length - SHOWN })}
        </Alert>
      )}
      <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5 }}>
        <Typography variant="body2" role="status" sx={{ flex: 1, minWidth: 0, color: color('muted') }}>
          {count === 0 ? t('nothing_unsaved') : t('unsaved', { count })}
        </Typography>
        <IconButton
          title={t('undo')}
          aria-label={t('undo')}
          disabled={history.past.length === 0}
          onClick={() => dispatch({ type: 'undo' })}
        >
          <UndoRounded />
        </IconButton>
        <IconButton
          title={t('redo')}
          aria-label={t('redo')}
          disabled={history.future.length === 0}
          onClick={() => dispatch({ type: 'redo' })}
        >
          <RedoRounded />
        </IconButton>
        <Button disabled={count === 0} onClick={onDiscard}>
          {t('discard')}
        </Button>
        <Button variant="contained" disabled={count === 0} loading={saving} onClick={onSave}>
          {t('save')}
        </Button>
      </Stack>
    </Box>
  );
}
