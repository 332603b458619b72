import { Box, ListItemIcon, MenuItem, TextField } from '@mui/material';
import { Medal, PathIcon } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import type { Tier } from '../api.ts';
import { ICONS, iconPath } from '../icons.ts';
import type { Draft } from './draft.ts';
import { useTexts } from './texts.ts';

const TIERS: readonly Tier[] = ['bronze', 'silver', 'gold'];

interface LookFieldsProps {
  readonly draft: Draft;
  readonly onChange: (values: Partial<Draft>) => void;
}

/** How a badge looks: its icon and its metal, with the medal beside them. */
export function LookFields({ draft, onChange }: LookFieldsProps): ReactNode {
  const t = useTexts();
  const icons = ICONS.includes(draft.icon) ? ICONS : [...ICONS, draft.icon];
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'auto 1fr', sm: 'auto 1fr 1fr' }, gap: 2, alignItems: 'center' }}>
      <Box aria-hidden sx={{ display: 'grid', gridRow: { xs: 'span 2', sm: 'auto' } }}>
        <Medal tier={draft.tier} icon={iconPath(draft.icon)} size={64} />
      </Box>
      <TextField
        select
        label={t('admin.icon')}
        value={draft.icon}
        slotProps={{ select: { renderValue: (icon) => t(`admin.icons.${String(icon)}`, { defaultValue: String(icon) }) } }}
        onChange={(event) => onChange({ icon: event.target.value })}
      >
        {icons.map((icon) => (
          <MenuItem key={icon} value={icon}>
            <ListItemIcon>
              <PathIcon path={iconPath(icon)} />
            </ListItemIcon>
            {t(`admin.icons.${icon}`, { defaultValue: icon })}
          </MenuItem>
        ))}
      </TextField>
      <TextField select label={t('admin.tier')} value={draft.tier} onChange={(event) => onChange({ tier: event.target.value as Tier })}>
        {TIERS.map((tier) => (
          <MenuItem key={tier} value={tier}>
            {t(`tier.${tier}`)}
          </MenuItem>
        ))}
      </TextField>
    </Box>
  );
}
