import { TextField } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface SeatQuantityProps {
  readonly label: string;
  readonly value: number;
  /** A number of seats that can be bought. */
  readonly onChange: (quantity: number) => void;
}

const MOST = 1000;

/** How many seats; what is no number of seats is kept as typed and said so. */
export function SeatQuantity({ label, value, onChange }: SeatQuantityProps): ReactNode {
  const { t } = useTranslation('payments');
  const [text, setText] = useState(String(value));
  const read = /^\d{1,4}$/u.test(text) ? Number(text) : 0;
  const wrong = read < 1 || read > MOST;
  const onDone = (): void => {
    if (!wrong && read !== value) onChange(read);
  };
  return (
    <TextField
      size="small"
      label={t('seats.quantity')}
      value={text}
      error={wrong}
      helperText={wrong ? t('seats.codes.whole', { most: MOST }) : undefined}
      onChange={(event) => setText(event.target.value.trim())}
      onBlur={onDone}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        onDone();
      }}
      slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 4, 'aria-label': label } }}
      sx={{ width: 120 }}
    />
  );
}
