import CloseRounded from '@mui/icons-material/CloseRounded';
import { Box, IconButton, Link, Paper, Stack, Typography } from '@mui/material';
import { keyframes } from '@mui/material/styles';
import { type Celebration, Medal, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReducedMotion } from '../theme/motion.ts';
import { border, color, font, radius, shadow } from '../theme/tokens.ts';
import { Confetti } from './Confetti.tsx';

const SHOWN_MILLISECONDS: Record<Celebration['kind'], number> = {
  points: 3600,
  level: 6000,
  badge: 6000,
  course: 8000,
};
const CONFETTI: Record<Celebration['kind'], number> = { points: 26, level: 80, badge: 80, course: 120 };

const rise = keyframes({
  from: { opacity: 0, transform: 'translateY(28px) scale(0.94)' },
  to: { opacity: 1, transform: 'none' },
});

const pop = keyframes({ from: { transform: 'scale(0.4) rotate(-14deg)' }, to: { transform: 'none' } });

function Token({ celebration }: { readonly celebration: Celebration }): ReactNode {
  const format = useFormat();
  const { kind, amount, icon, tier } = celebration;
  if (kind === 'points' && amount !== undefined) {
    return (
      <Box
        sx={{
          display: 'grid',
          placeItems: 'center',
          minWidth: 60,
          height: 60,
          px: 1,
          borderRadius: radius('control'),
          background: color('points'),
          color: color('on-points'),
          fontFamily: font('display'),
          fontWeight: 'var(--ql-font-weight-display)',
          fontSize: '1.375rem',
        }}
      >
        {format.number(amount, { signDisplay: 'exceptZero' })}
      </Box>
    );
  }
  return <Medal tier={tier ?? 'gold'} size={68} {...(icon === undefined ? {} : { icon })} />;
}

interface CelebrationCardProps {
  readonly celebration: Celebration;
  readonly onDone: () => void;
}

/** A card that rises from the lower edge with a throw of confetti, stays while it is read, and never takes focus. */
export default function CelebrationCard({ celebration, onDone }: CelebrationCardProps): ReactNode {
  const { t } = useTranslation();
  const still = useReducedMotion();
  const [held, setHeld] = useState(false);
  const finish = useEffectEvent(onDone);
  useEffect(() => {
    if (held) return undefined;
    const timer = setTimeout(() => finish(), SHOWN_MILLISECONDS[celebration.kind]);
    return () => clearTimeout(timer);
  }, [held, celebration.kind]);
  return (
    <Box
      sx={{
        position: 'fixed',
        insetInline: 0,
        bottom: { xs: 'calc(76px + env(safe-area-inset-bottom))', md: 28 },
        display: 'grid',
        justifyItems: 'center',
        zIndex: (theme) => theme.zIndex.snackbar,
        pointerEvents: 'none',
      }}
    >
      <Box sx={{ position: 'absolute', bottom: 40, width: 'min(640px, 100vw)', height: 'min(420px, 60vh)' }}>
        <Confetti count={CONFETTI[celebration.kind]} />
      </Box>
      <Paper
        role="status"
        aria-live="polite"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
        sx={{
          position: 'relative',
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          maxWidth: 'min(460px, calc(100vw - 32px))',
          p: 2,
          pr: 1,
          background: color('raised'),
          border: border(),
          boxShadow: shadow('overlay'),
          pointerEvents: 'auto',
          ...(still ? {} : { animation: `${rise} 360ms var(--ql-motion-easing-spring) both` }),
        }}
      >
        <Box sx={still ? {} : { animation: `${pop} 520ms 120ms var(--ql-motion-easing-spring) both` }}>
          <Token celebration={celebration} />
        </Box>
        <Stack sx={{ minWidth: 0, gap: 0.25 }}>
          <Typography variant="h4" component="p">
            {celebration.title}
          </Typography>
          {celebration.description !== undefined && (
            <Typography variant="body2" sx={{ color: color('muted') }}>
              {celebration.description}
            </Typography>
          )}
          {celebration.to !== undefined && (
            <Link href={celebration.to} variant="body2" onClick={onDone} sx={{ py: 0.5 }}>
              {t('design.show_more')}
            </Link>
          )}
        </Stack>
        <IconButton
          onClick={onDone}
          aria-label={t('design.dismiss')}
          sx={{ alignSelf: 'flex-start', color: color('muted') }}
        >
          <CloseRounded fontSize="small" />
        </IconButton>
      </Paper>
    </Box>
  );
}
