import { Box, MenuItem, TextField } from '@mui/material';
import type { ReactNode } from 'react';
import { SPANS } from './api.ts';
import { type Draft, UNITS, type Unit } from './draft.ts';
import { useTexts } from './texts.ts';

const THIRD = { gridColumn: { sm: 'span 2' } };
const HALF = { gridColumn: { sm: 'span 3' } };

interface AmountFieldsProps {
  readonly draft: Draft;
  /** What is wrong with a field, in words. */
  readonly error: (field: string) => string | undefined;
  readonly onChange: (values: Partial<Draft>) => void;
}

/** How much a rule awards and how often: the most there is in a span of time, and the pause after each award. */
export function AmountFields({ draft, error, onChange }: AmountFieldsProps): ReactNode {
  const t = useTexts();
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: 'repeat(6, 1fr)' }, gap: 2, rowGap: 2.5, alignItems: 'start' }}>
      <TextField
        required
        name="amount"
        label={t('admin.amount')}
        value={draft.amount}
        error={error('amount') !== undefined}
        helperText={error('amount')}
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
        onChange={(event) => onChange({ amount: event.target.value })}
        sx={THIRD}
      />
      <TextField
        select
        label={t('admin.cap')}
        value={draft.capPer}
        onChange={(event) => onChange({ capPer: event.target.value as Draft['capPer'] })}
        sx={THIRD}
      >
        {(['none', ...SPANS] as const).map((span) => (
          <MenuItem key={span} value={span}>
            {t(`admin.cap_${span}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        name="cap"
        required={draft.capPer !== 'none'}
        disabled={draft.capPer === 'none'}
        label={t('admin.cap_amount')}
        value={draft.capPer === 'none' ? '' : draft.capAmount}
        error={error('cap') !== undefined}
        helperText={error('cap')}
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
        onChange={(event) => onChange({ capAmount: event.target.value })}
        sx={THIRD}
      />
      <TextField
        name="cooldown_seconds"
        label={t('admin.pause')}
        value={draft.pause}
        error={error('cooldown_seconds') !== undefined}
        helperText={error('cooldown_seconds') ?? t('admin.pause_hint')}
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
        onChange={(event) => onChange({ pause: event.target.value })}
        sx={HALF}
      />
      <TextField
        select
        label={t('admin.pause_unit')}
        value={draft.pauseUnit}
        onChange={(event) => onChange({ pauseUnit: event.target.value as Unit })}
        sx={HALF}
      >
        {(Object.keys(UNITS) as Unit[]).toReversed().map((unit) => (
          <MenuItem key={unit} value={unit}>
            {t(`admin.unit_${unit}`)}
          </MenuItem>
        ))}
      </TextField>
    </Box>
  );
}
