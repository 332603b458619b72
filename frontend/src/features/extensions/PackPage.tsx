import { Box, Chip, Link, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, isApiProblem } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { type PackDetails, useGetPackQuery } from '../../api/console/index.ts';
import { Prose } from '../../design/components/Prose.tsx';
import { border, color, weight } from '../../design/theme/tokens.ts';
import NotFoundPage from '../errors/NotFoundPage.tsx';
import { Changelog } from './Changelog.tsx';
import { Columns, Part } from './Columns.tsx';
import { DetailHeader } from './DetailHeader.tsx';
import { PackSwitch } from './PackSwitch.tsx';
import { StateChip } from './StateChip.tsx';
import { TEXTS } from './texts.ts';
import { useNames } from './useNames.ts';
import { usePresetText } from './usePresetText.ts';

const list = { m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border(), mt: 2, pt: 2 } } as const;

/** A pack: what it switches on, presets and grants, how to begin, and what has changed. */
export default function PackPage(): ReactNode {
  const { packId = '' } = useParams();
  const { currentData, error, refetch } = useGetPackQuery(packId, { refetchOnMountOrArgChange: true });
  if (isApiProblem(error) && error.status === 404) return <NotFoundPage />;
  return (
    <Page title={currentData?.title ?? packId}>
      {currentData === undefined && error === undefined && <LoadingState lines={3} height={160} />}
      {currentData === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
      {currentData !== undefined && <Details pack={currentData} />}
    </Page>
  );
}

function Details({ pack }: { readonly pack: PackDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <>
      <DetailHeader
        title={pack.title}
        summary={pack.summary}
        version={pack.enabled_version ?? pack.version}
        state={pack.state}
        reason={pack.reason}
        broken={!pack.enabled}
        actions={
          <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
            <PackSwitch pack={pack} />
          </Stack>
        }
      />
      <Columns
        main={
          <>
            {pack.enabled && pack.onboarding_html !== '' && (
              <Part title={t('first_steps')}>
                <Prose html={pack.onboarding_html} sx={{ fontSize: { xs: '1rem', sm: '1.0625rem' } }} />
              </Part>
            )}
            <Part title={t('brings')}>
              <Plugins pack={pack} />
            </Part>
            {pack.presets.length > 0 && (
              <Part title={t('presets')}>
                <Presets pack={pack} />
              </Part>
            )}
          </>
        }
        aside={
          <>
            {pack.grants.length > 0 && (
              <Part title={t('grants')}>
                <Grants pack={pack} />
              </Part>
            )}
            {pack.theme !== null && (
              <Part title={t('look')}>
                <Typography>{t('look_lead', { theme: pack.theme.title })}</Typography>
              </Part>
            )}
            {pack.changelog_html !== null && (
              <Part title={t('changelog')}>
                <Changelog html={pack.changelog_html} />
              </Part>
            )}
          </>
        }
      />
    </>
  );
}

function Plugins({ pack }: { readonly pack: PackDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Box component="ul" sx={list}>
      {pack.plugins.map((plugin) => (
        <Stack key={plugin.id} component="li" direction="row" sx={{ gap: 2, alignItems: 'center' }}>
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Typography sx={{ fontWeight: weight('strong') }}>
              {plugin.version === null ? (
                plugin.title
              ) : (
                <Link href={`/admin/plugins/${plugin.id}`} sx={{ py: 0.5 }}>
                  {plugin.title}
                </Link>
              )}
            </Typography>
            <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
              {plugin.problem !== null && plugin.version !== null
                ? plugin.problem
                : t(plugin.version === null ? 'needs_version' : 'version_fits', {
                    version: plugin.version,
                    versions: plugin.versions === '' ? t('any_version') : plugin.versions,
                  })}
            </Typography>
          </Box>
          {plugin.version === null && !plugin.required && (
            <Typography variant="body2" sx={{ color: color('muted'), textAlign: 'end' }}>
              {t('optional_missing')}
            </Typography>
          )}
          {!plugin.required && <Chip size="small" variant="outlined" label={t('optional')} />}
          {plugin.version !== null && (
            <StateChip state={plugin.problem === null ? (plugin.enabled ? 'active' : 'disabled') : 'unavailable'} />
          )}
        </Stack>
      ))}
    </Box>
  );
}

function Presets({ pack }: { readonly pack: PackDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const names = useNames();
  const shown = usePresetText();
  return (
    <>
      <Typography sx={{ color: color('muted'), mb: 2 }}>{t('presets_lead')}</Typography>
      <Box component="ul" sx={list}>
        {pack.presets.map((preset) => (
          <Stack
            key={`${preset.plugin_id}.${preset.field}`}
            component="li"
            direction="row"
            sx={{ gap: 2, justifyContent: 'space-between' }}
          >
            <Box sx={{ minWidth: 0 }}>
              <Typography>{preset.title}</Typography>
              <Typography variant="body2" sx={{ color: color('muted') }}>
                {names.plugin(preset.plugin_id)}
              </Typography>
              {preset.overridden && (
                <Typography variant="body2" sx={{ color: color('primary-ink') }}>
                  {t('preset_overridden')}
                </Typography>
              )}
            </Box>
            <Typography
              sx={{
                fontWeight: weight('strong'),
                textAlign: 'end',
                textDecoration: preset.overridden ? 'line-through' : undefined,
              }}
            >
              {shown(preset.value)}
            </Typography>
          </Stack>
        ))}
      </Box>
    </>
  );
}

function Grants({ pack }: { readonly pack: PackDetails }): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <>
      <Typography sx={{ color: color('muted'), mb: 2 }}>{t('grants_lead')}</Typography>
      <Box component="ul" sx={list}>
        {[...new Set(pack.grants.map(({ role }) => role))].map((role) => (
          <li key={role}>
            <Typography sx={{ fontWeight: weight('strong') }}>{t(`role_${role}`)}</Typography>
            {pack.grants
              .filter((grant) => grant.role === role)
              .map(({ permission, title }) => (
                <Typography key={permission} variant="body2" sx={{ color: color('muted') }}>
                  {title}
                </Typography>
              ))}
          </li>
        ))}
      </Box>
    </>
  );
}
