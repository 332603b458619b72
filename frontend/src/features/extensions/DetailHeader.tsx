import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Alert, Button, Stack, Typography } from '@mui/material';
import { PageHeader } from '@questline/ui-sdk';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';
import { StateChip } from './StateChip.tsx';
import { TEXTS } from './texts.ts';

interface DetailHeaderProps {
  readonly title: string;
  readonly summary: string;
  readonly version: string;
  readonly state: ComponentProps<typeof StateChip>['state'];
  readonly reason: string | null;
  /** Whether the reason says that it cannot work, not only that something is amiss. */
  readonly broken: boolean;
  readonly actions?: ReactNode;
  /** A switch, at the end of the line that says how it is. */
  readonly switcher?: ReactNode;
}

/** The heading of a pack's or a plugin's page. */
export function DetailHeader(props: DetailHeaderProps): ReactNode {
  const { title, summary, version, state, reason, broken, actions, switcher } = props;
  const { t } = useTranslation(TEXTS);
  return (
    <>
      <Button href="/admin/plugins" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('back')}
      </Button>
      <PageHeader title={title} description={summary} actions={actions} />
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1.25, mt: { xs: -1, md: -2 }, mb: 3 }}>
        <StateChip state={state} />
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {t('version', { version })}
        </Typography>
        {switcher !== undefined && (
          <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5, ml: 'auto' }}>
            <Typography variant="body2" aria-hidden sx={{ display: { xs: 'none', sm: 'block' } }}>
              {t('switch_label')}
            </Typography>
            {switcher}
          </Stack>
        )}
      </Stack>
      {reason !== null && reason !== '' && (
        <Alert severity={broken ? 'error' : 'warning'} sx={{ mb: 3 }}>
          {reason}
        </Alert>
      )}
    </>
  );
}
