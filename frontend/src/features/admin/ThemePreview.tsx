import { Box, Skeleton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { QuestPath } from '../../design/components/QuestPath.tsx';
import { Stage, stageAction } from '../../design/components/Stage.tsx';
import { type Tone, border, color, font, radius, shadow, weight } from '../../design/theme/tokens.ts';
import type { Variables } from './themeTokens.ts';

const TONES: readonly Tone[] = ['primary', 'success', 'points', 'danger'];

/** A small page in a theme, whichever theme the site has. */
export function ThemePreview({ variables }: { readonly variables: Variables | undefined }): ReactNode {
  const { t } = useTranslation();
  if (variables === undefined) return <Skeleton variant="rectangular" height={272} />;
  return (
    <Box
      aria-hidden
      style={variables}
      sx={{ p: 2, height: '100%', background: color('background'), color: color('ink'), fontFamily: font('body') }}
    >
      <Stage sx={{ padding: { xs: 2, sm: 2, lg: 2 }, borderRadius: radius('card') }}>
        <Typography
          component="p"
          sx={{ fontFamily: font('display'), fontWeight: weight('display'), fontSize: '1.375rem', lineHeight: 1.15 }}
        >
          {t('admin.preview_title')}
        </Typography>
        <QuestPath total={6} done={3} most={6} sx={{ my: 0.5, maxHeight: 92 }} />
        <Box
          sx={[
            stageAction,
            {
              display: 'inline-block',
              px: 1.75,
              py: 0.75,
              fontWeight: weight('strong'),
              borderRadius: radius('control'),
            },
          ]}
        >
          {t('admin.preview_action')}
        </Box>
      </Stage>
      <Box
        sx={{
          mt: 1.5,
          p: 1.5,
          background: color('surface'),
          border: border(),
          borderRadius: radius('card'),
          boxShadow: shadow('card'),
        }}
      >
        <Typography component="p" sx={{ fontFamily: font('display'), fontWeight: weight('heading') }}>
          {t('admin.preview_card')}
        </Typography>
        <Box sx={{ display: 'flex', gap: 0.75, mt: 1 }}>
          {TONES.map((tone) => (
            <Box
              key={tone}
              sx={{ flex: 1, height: 28, borderRadius: radius('small'), background: color(`${tone}-soft`), p: '8px' }}
            >
              <Box sx={{ height: 12, borderRadius: radius('pill'), background: color(tone) }} />
            </Box>
          ))}
        </Box>
      </Box>
    </Box>
  );
}
