import { Box, Card, LinearProgress, Typography } from '@mui/material';
import { Medal, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Badge } from './api.ts';
import { iconPath } from './icons.ts';
import { share } from './order.ts';
import { badgeText } from './texts.ts';

/** One badge of the gallery: what it is for, and when it was earned or how far it is. */
export function BadgeCard({ badge }: { readonly badge: Badge }): ReactNode {
  const { t } = useTranslation('badges');
  const format = useFormat();
  const heading = useId();
  const earned = badge.earned_at !== null;
  const { current, target } = badge.progress;
  const count = t('progress', { current: format.number(current), target: format.number(target) });
  return (
    <Card
      component="li"
      aria-labelledby={heading}
      sx={{
        display: 'flex',
        gap: 2,
        alignItems: 'flex-start',
        p: { xs: 2, sm: 2.5 },
        ...(earned ? {} : { background: 'transparent', boxShadow: 'none' }),
      }}
    >
      <Medal tier={badge.tier} icon={iconPath(badge.icon)} locked={!earned} size={76} />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography variant="overline" component="p" color="textSecondary" sx={{ lineHeight: 1.4 }}>
          {t(`tier.${badge.tier}`)}
        </Typography>
        <Typography variant="h4" component="h3" id={heading}>
          {badgeText(t, badge, 'title')}
        </Typography>
        <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
          {badgeText(t, badge, earned ? 'description' : 'hint') || badgeText(t, badge, 'description')}
        </Typography>
        {earned && (
          <Typography variant="body2" component="p" sx={{ mt: 1, color: 'var(--ql-color-success-ink)', fontWeight: 'var(--ql-font-weight-strong)' }}>
            {t('earned_on', { date: format.date(badge.earned_at ?? '') })}
          </Typography>
        )}
        {!earned && target > 1 && (
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mt: 1.25 }}>
            <LinearProgress
              variant="determinate"
              value={share(badge) * 100}
              aria-label={`${badgeText(t, badge, 'title')}: ${count}`}
              sx={{ flex: 1, height: 8 }}
            />
            <Typography variant="body2" color="textSecondary" aria-hidden sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
              {count}
            </Typography>
          </Box>
        )}
      </Box>
    </Card>
  );
}
