import { Box, Typography } from '@mui/material';
import { Medal, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Badge } from './api.ts';
import { iconPath } from './icons.ts';
import { badgeText } from './texts.ts';

/** A badge in a row of badges: its medal, its name, and when it was earned or how far it is. */
export function BadgeTile({ badge }: { readonly badge: Badge }): ReactNode {
  const { t } = useTranslation('badges');
  const format = useFormat();
  const { current, target } = badge.progress;
  const state =
    badge.earned_at === null
      ? t('progress', { current: format.number(current), target: format.number(target) })
      : format.date(badge.earned_at, { day: 'numeric', month: 'short' });
  return (
    <Box
      component="li"
      sx={{ display: 'grid', justifyItems: 'center', alignContent: 'start', gap: 0.5, textAlign: 'center' }}
    >
      <Medal tier={badge.tier} icon={iconPath(badge.icon)} locked={badge.earned_at === null} size={64} />
      <Typography variant="subtitle2" component="p" sx={{ mt: 0.75, lineHeight: 1.25 }}>
        {badgeText(t, badge, 'title')}
      </Typography>
      <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {state}
      </Typography>
    </Box>
  );
}
