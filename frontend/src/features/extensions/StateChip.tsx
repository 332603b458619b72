import { Chip } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstalledPlugin, PackCard } from '../../api/console/index.ts';
import { TEXTS } from './texts.ts';

const COLORS = {
  active: 'success',
  enabled: 'success',
  disabled: 'default',
  available: 'default',
  incomplete: 'warning',
  needs_migration: 'warning',
  incompatible: 'error',
  failed: 'error',
  blocked: 'error',
  unavailable: 'error',
} as const satisfies Record<InstalledPlugin['state'] | PackCard['state'], string>;

/** How a pack or a plugin is, in a word and a colour. */
export function StateChip({ state }: { readonly state: keyof typeof COLORS }): ReactNode {
  const { t } = useTranslation(TEXTS);
  return <Chip size="small" color={COLORS[state]} label={t(`state_${state}`)} />;
}
