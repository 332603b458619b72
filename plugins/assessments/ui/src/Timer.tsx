import TimerOutlined from '@mui/icons-material/TimerOutlined';
import { Box } from '@mui/material';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { HIDDEN, color } from './look.ts';
import { useCountdown } from './useCountdown.ts';

/** Seconds left at which the time is read out. */
const MARKS = [600, 300, 60, 20];
const HURRY = 60;

interface TimerProps {
  readonly deadline: string;
  readonly skew: number;
  readonly onEnd: () => void;
}

/** 75 seconds are "1:15". */
export function clockText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** The time left; read out at a few marks and not in between. */
export function Timer({ deadline, skew, onEnd }: TimerProps): ReactNode {
  const { t } = useTranslation('assessments');
  const left = useCountdown(deadline, skew) ?? 0;
  const end = useEffectEvent(onEnd);
  const over = left === 0;
  useEffect(() => {
    if (over) end();
  }, [over]);
  const mark = MARKS.findLast((each) => left <= each);
  const said = mark === undefined ? '' : mark >= 60 ? t('timer.minutes', { count: mark / 60 }) : t('timer.seconds', { count: mark });
  return (
    <>
      <Box
        role="timer"
        aria-label={t('timer.label', { time: clockText(left) })}
        sx={{
          display: 'inline-flex',
          alignItems: 'center',
          gap: 0.75,
          px: 1.25,
          py: 0.5,
          borderRadius: 'var(--ql-radius-pill)',
          fontVariantNumeric: 'tabular-nums',
          fontWeight: 'var(--ql-font-weight-strong)',
          color: color(left <= HURRY ? 'danger-ink' : 'ink'),
          background: color(left <= HURRY ? 'danger-soft' : 'sunken'),
        }}
      >
        <TimerOutlined aria-hidden sx={{ fontSize: 20 }} />
        {clockText(left)}
      </Box>
      <Box aria-live="polite" sx={HIDDEN}>{said}</Box>
    </>
  );
}
