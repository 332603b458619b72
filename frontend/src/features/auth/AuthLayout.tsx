import { Box, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Brand, useSiteText } from '../../design/components/Brand.tsx';
import { QuestPath } from '../../design/components/QuestPath.tsx';
import { Stage } from '../../design/components/Stage.tsx';
import { color } from '../../design/theme/tokens.ts';
import { LanguageMenu } from '../shell/LanguageMenu.tsx';
import { MAIN_ID, RouteAnnouncer } from '../shell/RouteAnnouncer.tsx';
import { SchemeToggle } from '../shell/SchemeToggle.tsx';

interface AuthLayoutProps {
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}

function SitePromise(): ReactNode {
  const { t } = useTranslation();
  const tagline = useSiteText('tagline', t('auth.promise'));
  const promise = useSiteText('promise', t('auth.promise_detail'));
  return (
    <Stage
      component="aside"
      aria-label={tagline}
      sx={{
        display: { xs: 'none', md: 'flex' },
        flexDirection: 'column',
        justifyContent: 'space-between',
        m: 2,
        mr: 0,
        p: { md: 5, lg: 7 },
        minHeight: 'calc(100dvh - 32px)',
      }}
    >
      <Brand ink={color('hero-ink')} />
      <QuestPath total={7} done={4} sx={{ maxWidth: 560, my: 4 }} />
      <Box>
        <Typography component="p" variant="h1" sx={{ maxWidth: '14ch' }}>
          {tagline}
        </Typography>
        <Typography variant="subtitle1" sx={{ mt: 2, maxWidth: '44ch', color: color('hero-muted') }}>
          {promise}
        </Typography>
      </Box>
    </Stage>
  );
}

/** The two halves of signing in and signing up: what the site promises, and a form. */
export function AuthLayout({ title, lead, children }: AuthLayoutProps): ReactNode {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 1.1fr) minmax(0, 1fr)' },
        minHeight: '100dvh',
      }}
    >
      <title>{title}</title>
      <RouteAnnouncer />
      <SitePromise />
      <Stack sx={{ minWidth: 0 }}>
        <Stack
          component="header"
          direction="row"
          sx={{ alignItems: 'center', gap: 0.5, px: { xs: 2, sm: 3 }, py: 1.5 }}
        >
          <Box sx={{ display: { md: 'none' } }}>
            <Brand />
          </Box>
          <Box sx={{ flex: 1 }} />
          <LanguageMenu />
          <SchemeToggle />
        </Stack>
        <Stack
          component="main"
          id={MAIN_ID}
          tabIndex={-1}
          sx={{
            flex: 1,
            justifyContent: { md: 'center' },
            width: '100%',
            maxWidth: 472,
            mx: 'auto',
            px: 3,
            py: { xs: 4, md: 3 },
            pb: { md: 12 },
          }}
        >
          <Typography variant="h2" component="h1">
            {title}
          </Typography>
          <Typography component="p" sx={{ mt: 1, mb: 3.5, color: color('muted') }}>
            {lead}
          </Typography>
          {children}
        </Stack>
      </Stack>
    </Box>
  );
}
