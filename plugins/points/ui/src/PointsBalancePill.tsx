import { Box, ButtonBase, Skeleton } from '@mui/material';
import { keyframes } from '@mui/material/styles';
import { PathIcon, useFormat, useLive } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePointsGetBalanceQuery } from './api.ts';
import { CountUp } from './CountUp.tsx';
import { useStill } from './motion.ts';
import { useLevelNames } from './names.ts';

const SPARK =
  'M12 2l2.4 6.6L21 11l-6.6 2.4L12 20l-2.4-6.6L3 11l6.6-2.4zM19 16l.9 2.1L22 19l-2.1.9L19 22l-.9-2.1L16 19l2.1-.9z';

/** Two of each: an animation runs again only when its name changes. */
const bump = [keyframes({ '35%': { transform: 'scale(1.14)' } }), keyframes({ '34%': { transform: 'scale(1.14)' } })];
const twirl = [keyframes({ to: { transform: 'rotate(180deg)' } }), keyframes({ to: { transform: 'rotate(-180deg)' } })];

const hidden = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' };

/** The balance and level at the top of every page; runs up when points arrive. */
export function PointsBalancePill(): ReactNode {
  const { t } = useTranslation('points');
  const format = useFormat();
  const named = useLevelNames();
  const still = useStill();
  const [awards, setAwards] = useState(0);
  useLive('points.awarded', () => setAwards((count) => count + 1));
  const { data } = usePointsGetBalanceQuery();
  if (data === undefined) return <Skeleton variant="rounded" width={84} height={36} sx={{ borderRadius: 'var(--ql-radius-pill)' }} />;
  const level = named(data.level);
  const label = t('pill', { points: format.number(data.balance), number: level.number, title: level.title });
  return (
    <ButtonBase
      component={Link}
      to="/x/points"
      title={label}
      sx={{
        gap: 0.75,
        position: 'relative',
        minHeight: { xs: 44, md: 40 },
        pl: 1.25,
        pr: { xs: 1.25, sm: 0.625 },
        borderRadius: 'var(--ql-radius-pill)',
        fontFamily: 'var(--ql-font-family-display)',
        fontWeight: 'var(--ql-font-weight-heading)',
        fontSize: '1.0625rem',
        color: 'var(--ql-color-points-ink)',
        background: 'var(--ql-color-points-soft)',
        transition: 'background var(--ql-motion-duration-fast)',
        '&:hover': { background: 'color-mix(in srgb, var(--ql-color-points-soft), var(--ql-color-points) 24%)' },
        ...(awards > 0 && !still ? { animation: `${bump[awards % 2]} 520ms var(--ql-motion-easing-spring)` } : {}),
      }}
    >
      <PathIcon
        path={SPARK}
        aria-hidden
        sx={{
          fontSize: '1.2em',
          color: 'var(--ql-color-points-strong)',
          ...(awards > 0 && !still ? { animation: `${twirl[awards % 2]} 700ms var(--ql-motion-easing-standard)` } : {}),
        }}
      />
      <Box component="span" sx={hidden}>
        {label}
      </Box>
      <span aria-hidden>
        <CountUp value={data.balance} />
      </span>
      <Box
        component="span"
        aria-hidden
        sx={{
          display: { xs: 'none', sm: 'grid' },
          placeItems: 'center',
          minWidth: 28,
          height: 28,
          px: 0.75,
          ml: 0.25,
          borderRadius: 'var(--ql-radius-pill)',
          fontSize: '0.875rem',
          color: 'var(--ql-color-on-points)',
          background: 'var(--ql-color-points)',
        }}
      >
        {level.number}
      </Box>
    </ButtonBase>
  );
}
