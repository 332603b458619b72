import { Box, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from './api.ts';
import { Face } from './Face.tsx';
import { PlaceName } from './PlaceName.tsx';

interface Step {
  readonly metal: string;
  readonly height: number;
  /** The winner stands in the middle. */
  readonly order: number;
}

const STEPS: readonly Step[] = [
  { metal: 'gold', height: 104, order: 2 },
  { metal: 'silver', height: 76, order: 1 },
  { metal: 'bronze', height: 56, order: 3 },
];

function Winner({ place, step }: { readonly place: Place; readonly step: Step }): ReactNode {
  const { t } = useTranslation('leaderboards');
  const format = useFormat();
  return (
    <Box component="li" sx={{ order: step.order, flex: '1 1 0', minWidth: 0, maxWidth: 220, display: 'grid', justifyItems: 'center', alignContent: 'end' }}>
      <Box sx={{ p: '4px', borderRadius: '50%', background: `linear-gradient(140deg, var(--ql-color-${step.metal}-light), var(--ql-color-${step.metal}) 55%, var(--ql-color-${step.metal}-strong))` }}>
        <Face place={place} size={step.metal === 'gold' ? 72 : 56} />
      </Box>
      <Box sx={{ mt: 1, maxWidth: '100%', px: 0.5, display: 'grid', justifyItems: 'center' }}>
        <PlaceName place={place} />
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: 'tabular-nums', mb: 1 }}>
        {t('points', { count: place.points, points: format.number(place.points) })}
      </Typography>
      <Box
        sx={{
          display: 'grid',
          placeItems: 'start center',
          width: '100%',
          height: step.height,
          pt: 1,
          borderRadius: 'var(--ql-radius-control) var(--ql-radius-control) 0 0',
          color: `var(--ql-color-on-${step.metal})`,
          background: `linear-gradient(180deg, var(--ql-color-${step.metal}) 46px, color-mix(in oklab, var(--ql-color-${step.metal}) 42%, transparent))`,
          fontFamily: 'var(--ql-font-family-display)',
          fontWeight: 'var(--ql-font-weight-display)',
          fontSize: step.metal === 'gold' ? '2.25rem' : '1.625rem',
          lineHeight: 1.2,
        }}
      >
        <span aria-label={t('rank_n', { rank: place.rank })} role="img">
          {place.rank}
        </span>
      </Box>
    </Box>
  );
}

/** The first three on their steps. */
export function Podium({ places }: { readonly places: readonly Place[] }): ReactNode {
  const { t } = useTranslation('leaderboards');
  return (
    <Box
      component="ol"
      aria-label={t('podium')}
      sx={{
        display: 'flex',
        justifyContent: 'center',
        alignItems: 'flex-end',
        gap: { xs: 1, sm: 2 },
        m: 0,
        px: { xs: 1, sm: 3 },
        pt: 3,
        listStyle: 'none',
        borderBottom: 'var(--ql-border-rule) solid var(--ql-color-line)',
      }}
    >
      {places.slice(0, STEPS.length).map((place, index) => {
        const step = STEPS[index];
        return step === undefined ? null : <Winner key={place.user_id ?? place.name} place={place} step={step} />;
      })}
    </Box>
  );
}
