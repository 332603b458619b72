import { Box, Card, Typography } from '@mui/material';
import { PathIcon, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { usePointsListLevelsQuery } from './api.ts';
import { useLevelNames } from './names.ts';

const CHECK = 'M9 16.17 4.83 12l-1.42 1.41L9 19 21 7l-1.41-1.41z';

type Stage = 'done' | 'here' | 'ahead';

const LOOK: Readonly<Record<Stage, object>> = {
  done: { background: 'var(--ql-color-points-soft)', color: 'var(--ql-color-points-ink)' },
  here: { background: 'var(--ql-color-points)', color: 'var(--ql-color-on-points)' },
  ahead: { background: 'var(--ql-color-sunken)', color: 'var(--ql-color-muted)' },
};

/** Every level from the first to the highest, with the user's own marked. */
export function Ladder({ current }: { readonly current: number }): ReactNode {
  const { t } = useTranslation('points');
  const format = useFormat();
  const heading = useId();
  const named = useLevelNames();
  const { data } = usePointsListLevelsQuery();
  if (data === undefined) return null;
  return (
    <Card component="section" aria-labelledby={heading} sx={{ p: { xs: 2.5, sm: 3 } }}>
      <Typography variant="h4" component="h2" id={heading} sx={{ mb: 1.5 }}>
        {t('ladder')}
      </Typography>
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {data.levels.map(named).map((level) => {
          const stage: Stage = level.number === current ? 'here' : level.number < current ? 'done' : 'ahead';
          return (
            <Box
              component="li"
              key={level.number}
              aria-current={stage === 'here' ? 'step' : undefined}
              sx={{ display: 'flex', alignItems: 'center', gap: 1.5, py: 0.75, position: 'relative' }}
            >
              <Box
                aria-hidden
                sx={{
                  display: 'grid',
                  placeItems: 'center',
                  flexShrink: 0,
                  width: 34,
                  height: 34,
                  borderRadius: 'var(--ql-radius-pill)',
                  fontFamily: 'var(--ql-font-family-display)',
                  fontWeight: 'var(--ql-font-weight-heading)',
                  ...LOOK[stage],
                }}
              >
                {stage === 'done' ? <PathIcon path={CHECK} sx={{ fontSize: 18 }} /> : level.number}
              </Box>
              <Typography
                sx={{ flex: 1, minWidth: 0, fontWeight: stage === 'here' ? 'var(--ql-font-weight-strong)' : undefined }}
                color={stage === 'ahead' ? 'textSecondary' : 'textPrimary'}
              >
                {level.title}
              </Typography>
              <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: 'tabular-nums' }}>
                {format.number(level.floor)}
              </Typography>
            </Box>
          );
        })}
      </Box>
    </Card>
  );
}
