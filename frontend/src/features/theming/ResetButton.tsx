import UndoRounded from '@mui/icons-material/UndoRounded';
import { IconButton } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from './editorContext.ts';

/** Gives tokens the theme's own value again; keeps its place while there is nothing to reset. */
export function ResetButton({ paths, label }: { readonly paths: readonly string[]; readonly label: string }): ReactNode {
  const { t } = useTranslation('theming');
  const { draft, dispatch } = useEditor();
  const changed = paths.some((path) => path in draft.tokens);
  const text = t('reset', { name: label });
  return (
    <IconButton
      size="small"
      title={text}
      aria-label={text}
      disabled={!changed}
      onClick={() => dispatch({ type: 'reset', paths })}
      sx={{ visibility: changed ? 'visible' : 'hidden' }}
    >
      <UndoRounded fontSize="small" />
    </IconButton>
  );
}
