import DeleteRounded from '@mui/icons-material/DeleteOutlineRounded';
import EditRounded from '@mui/icons-material/EditRounded';
import { Box, IconButton, Typography } from '@mui/material';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';

interface ManagedRowProps {
  /** The plugin's texts, from `adminTexts`. */
  readonly t: TFunction;
  readonly name: string;
  /** What the item is about, in a line below its name. */
  readonly facts: string;
  /** Whether it is out of use. */
  readonly off?: boolean;
  /** A picture or figure before the name. */
  readonly lead: ReactNode;
  /** Further controls, before those to change and to remove. */
  readonly controls?: ReactNode;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** One item of a `ManagedPage`: what it is, and the buttons to change and to remove it. */
export function ManagedRow({ t, name, facts, off = false, lead, controls, onEdit, onRemove }: ManagedRowProps): ReactNode {
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 2,
        rowGap: 0.5,
        py: 1.75,
        borderTop: 'var(--ql-border-rule) solid var(--ql-color-line)',
        '&:first-of-type': { borderTop: 0 },
      }}
    >
      {lead}
      <Box sx={{ flex: '1 1 200px', minWidth: 0 }}>
        <Typography variant="h4" component="h2" color={off ? 'textSecondary' : 'textPrimary'} sx={{ overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {facts}
        </Typography>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, ml: 'auto' }}>
        {controls}
        <IconButton aria-label={t('admin.edit_named', { name })} onClick={onEdit}>
          <EditRounded />
        </IconButton>
        <IconButton aria-label={t('admin.remove_named', { name })} onClick={onRemove}>
          <DeleteRounded />
        </IconButton>
      </Box>
    </Box>
  );
}
