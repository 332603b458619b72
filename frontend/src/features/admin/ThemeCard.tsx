import CheckRounded from '@mui/icons-material/CheckRounded';
import { Box, Button, Card, Chip, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ThemeManifest } from '../../api/index.ts';
import { border, color } from '../../design/theme/tokens.ts';
import { ThemePreview } from './ThemePreview.tsx';
import { type ThemeTokens, fetchTokens, toVariables } from './themeTokens.ts';

/** A theme's tokens once they have arrived. */
function useTokens(theme: ThemeManifest): ThemeTokens | undefined {
  const [tokens, setTokens] = useState<ThemeTokens>();
  const base = `/themes/${theme.id}/${theme.version}`;
  useEffect(() => {
    let wanted = true;
    const load = async (): Promise<void> => {
      try {
        const answer = await fetchTokens(base);
        if (wanted) setTokens(answer);
      } catch {
        // Without its tokens a theme has no preview; it can still be chosen.
      }
    };
    void load();
    return () => {
      wanted = false;
    };
  }, [base]);
  return tokens;
}

interface ThemeCardProps {
  readonly theme: ThemeManifest;
  readonly current: boolean;
  readonly busy: boolean;
  readonly onChoose: () => void;
}

/** One theme in both colour schemes, and the button that chooses it. */
export function ThemeCard({ theme, current, busy, onChoose }: ThemeCardProps): ReactNode {
  const { t } = useTranslation();
  const tokens = useTokens(theme);
  return (
    <Card
      component="li"
      sx={{
        display: 'flex',
        flexDirection: 'column',
        outline: current ? `3px solid ${color('primary')}` : 'none',
        outlineOffset: '-1px',
      }}
    >
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' },
          borderBottom: border(),
          overflow: 'hidden',
        }}
      >
        <ThemePreview variables={tokens && toVariables(tokens, 'light')} />
        <ThemePreview variables={tokens && toVariables(tokens, 'dark')} />
      </Box>
      <Stack direction={{ xs: 'column', sm: 'row' }} sx={{ gap: 2, p: 2.5, alignItems: { sm: 'center' }, flex: 1 }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Stack direction="row" sx={{ gap: 1.25, alignItems: 'center' }}>
            <Typography variant="h3" component="h2">
              {theme.title}
            </Typography>
            <Typography variant="body2" sx={{ color: color('muted') }}>
              {theme.version}
            </Typography>
          </Stack>
          <Typography sx={{ mt: 0.5, color: color('muted') }}>{theme.summary}</Typography>
        </Box>
        {current ? (
          <Stack sx={{ gap: 1.5, alignItems: { xs: 'stretch', sm: 'flex-end' } }}>
            <Chip
              color="success"
              icon={<CheckRounded />}
              label={t('admin.theme_current')}
              sx={{ alignSelf: { xs: 'flex-start', sm: 'flex-end' } }}
            />
            <Button variant="contained" href="/admin/theme/edit">
              {t('admin.theme_customise')}
            </Button>
          </Stack>
        ) : (
          <Button
            variant="contained"
            loading={busy}
            onClick={onChoose}
            aria-label={t('admin.theme_use_named', { theme: theme.title })}
          >
            {t('admin.theme_use')}
          </Button>
        )}
      </Stack>
    </Card>
  );
}
