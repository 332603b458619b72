import ExpandMoreRounded from '@mui/icons-material/ExpandMoreRounded';
import {
  Accordion,
  AccordionDetails,
  AccordionSummary,
  Box,
  Stack,
  Typography,
} from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRecord } from '../../api/console/generated.ts';
import { color } from '../../design/theme/tokens.ts';
import { type Change, changesOf } from './changes.ts';
import { TEXTS } from './texts.ts';

/** An entry; `on_behalf_of_name` is missing in answers of older nodes. */
export type Entry = AuditRecord & {
  readonly on_behalf_of_name?: string | null;
};

const code = {
  fontFamily: 'monospace',
  fontSize: '0.8125rem',
  overflowWrap: 'anywhere',
} as const;

function useActor(entry: Entry): string {
  const { t } = useTranslation(TEXTS);
  const actor =
    entry.actor_id === null ? t('system') : (entry.actor_name ?? t('gone'));
  if (entry.on_behalf_of === null) return actor;
  return `${actor} ${t('for', { name: entry.on_behalf_of_name ?? t('gone') })}`;
}

function Value({
  label,
  children,
  tone,
}: {
  readonly label: string;
  readonly children: string | undefined;
  readonly tone: 'before' | 'after';
}): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Box
      sx={{
        minWidth: 0,
        px: 1.5,
        py: 1,
        borderRadius: 1,
        background: color('sunken'),
      }}
    >
      <Typography variant="caption" sx={{ color: color('muted') }}>
        {label}
      </Typography>
      <Typography
        component={tone === 'before' ? 'del' : 'ins'}
        sx={{
          ...code,
          display: 'block',
          whiteSpace: 'pre-wrap',
          textDecoration: 'none',
          color: color(children === undefined ? 'muted' : 'ink'),
        }}
      >
        {children ?? t('unset')}
      </Typography>
    </Box>
  );
}

function ChangeView({ change }: { readonly change: Change }): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Box component="li" sx={{ listStyle: 'none' }}>
      <Typography
        variant="subtitle2"
        component="h3"
        sx={{ mb: 0.5, overflowWrap: 'anywhere' }}
      >
        {change.field}
      </Typography>
      <Box
        sx={{
          display: 'grid',
          gap: 1,
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            sm: 'repeat(2, minmax(0, 1fr))',
          },
        }}
      >
        <Value label={t('before')} tone="before">
          {change.before}
        </Value>
        <Value label={t('after')} tone="after">
          {change.after}
        </Value>
      </Box>
    </Box>
  );
}

function Facts({ entry }: { readonly entry: Entry }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const facts: readonly (readonly [string, string | null])[] = [
    [
      'subject',
      entry.subject_id === null
        ? entry.subject_type
        : `${entry.subject_type} ${entry.subject_id}`,
    ],
    ['address', entry.address],
    ['request', entry.request_id],
    ['hash', entry.hash],
  ];
  return (
    <Box
      component="dl"
      sx={{
        display: 'grid',
        gap: 0.75,
        m: 0,
        mt: 2,
        gridTemplateColumns: {
          xs: 'minmax(0, 1fr)',
          sm: 'max-content minmax(0, 1fr)',
        },
        columnGap: 2,
      }}
    >
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <Box key={name} sx={{ display: 'contents' }}>
              <Typography
                component="dt"
                variant="body2"
                sx={{ color: color('muted') }}
              >
                {t(name)}
              </Typography>
              <Typography component="dd" sx={{ ...code, m: 0 }}>
                {value}
              </Typography>
            </Box>
          ),
      )}
    </Box>
  );
}

/** An entry of the log: who did what and when, and opened, what it was before and after. */
export function EntryRow({ entry }: { readonly entry: Entry }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const actor = useActor(entry);
  const changes = changesOf(entry.details);
  return (
    <Accordion
      disableGutters
      elevation={0}
      square
      slotProps={{
        transition: { unmountOnExit: true },
        heading: { component: 'h2' },
      }}
      sx={{
        background: 'transparent',
        '&::before': { background: color('line'), opacity: 1 },
      }}
    >
      <AccordionSummary
        expandIcon={<ExpandMoreRounded />}
        sx={{ minHeight: 64, px: { xs: 2, sm: 2.5 } }}
      >
        <Stack
          direction={{ xs: 'column', md: 'row' }}
          sx={{
            flex: 1,
            minWidth: 0,
            gap: { xs: 0.25, md: 2 },
            alignItems: { md: 'baseline' },
            pr: 1,
          }}
        >
          <Typography
            variant="body2"
            sx={{ color: color('muted'), width: { md: 170 }, flexShrink: 0 }}
          >
            {format.dateTime(entry.at)}
          </Typography>
          <Typography
            variant="subtitle2"
            component="span"
            sx={{ flex: { md: 2 }, minWidth: 0, overflowWrap: 'anywhere' }}
          >
            {actor}
          </Typography>
          <Typography component="span" sx={{ ...code, flex: { md: 3 }, minWidth: 0 }}>
            {entry.action}
          </Typography>
          <Typography
            variant="body2"
            component="span"
            sx={{
              color: color('muted'),
              flex: { md: 2 },
              minWidth: 0,
              overflow: 'hidden',
              textOverflow: 'ellipsis',
            }}
            noWrap
          >
            {entry.subject_id === null
              ? entry.subject_type
              : `${entry.subject_type} ${entry.subject_id}`}
          </Typography>
        </Stack>
      </AccordionSummary>
      <AccordionDetails sx={{ px: { xs: 2, sm: 2.5 }, pb: 2.5 }}>
        <Typography variant="caption" sx={{ color: color('muted') }}>
          {t('entry', { number: format.number(entry.number) })}
        </Typography>
        {changes.length === 0 ? (
          <Typography variant="body2" sx={{ color: color('muted') }}>
            {t('no_changes')}
          </Typography>
        ) : (
          <Stack component="ul" sx={{ gap: 1.5, m: 0, p: 0 }}>
            {changes.map((change) => (
              <ChangeView key={change.field} change={change} />
            ))}
          </Stack>
        )}
        <Facts entry={entry} />
      </AccordionDetails>
    </Accordion>
  );
}
