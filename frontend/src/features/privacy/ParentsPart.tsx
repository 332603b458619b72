import { Alert, Avatar, Box, Button, Card, Chip, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { border, color } from '../../design/theme/tokens.ts';
import { Pager } from '../groups/Pager.tsx';
import { SearchField } from '../groups/SearchField.tsx';
import { initials } from '../shell/initials.ts';
import { type ParentalConsent, useGetRetentionQuery, useListParentalConsentsQuery, useSetPersonPrivacyMutation } from './api.ts';
import { FormDialog } from './FormDialog.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

const ICON = 'M16 11a3 3 0 1 0-3-3 3 3 0 0 0 3 3m-8 0a3 3 0 1 0-3-3 3 3 0 0 0 3 3m0 2c-2.33 0-7 1.17-7 3.5V19h14v-2.5C15 14.17 10.33 13 8 13m8 0-1 .05A4.2 4.2 0 0 1 17 16.5V19h6v-2.5c0-2.33-4.67-3.5-7-3.5';
const SHOWN = ['waiting', 'given', 'all'] as const;
type Shown = (typeof SHOWN)[number];

interface NoteProps {
  readonly child: ParentalConsent;
  readonly onClose: () => void;
}

function NoteDialog({ child, onClose }: NoteProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const [set, { isLoading, error }] = useSetPersonPrivacyMutation();
  const kind = child.given ? 'withdraw' : 'note';
  const submit = async (): Promise<void> => {
    const answer = await set({ userId: child.person.id, personPrivacy: { parental_consent: !child.given } });
    if (tell(answer, t(`parent_${kind}_done`))) onClose();
  };
  return (
    <FormDialog
      title={t(`parent_${kind}_title`, { name: child.person.display_name })}
      text={t(`parent_${kind}_text`)}
      action={t(`parent_${kind}`)}
      busy={isLoading}
      problem={error}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

function ChildRow({ child, onNote }: { readonly child: ParentalConsent; readonly onNote: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const { person, given, at, noted_by: by, parent_email: parent, asked_at: asked, answer } = child;
  const refused = answer === 'refused';
  const since =
    at === null ? undefined : t(given ? 'parent_since' : refused ? 'parent_refused_on' : 'parent_withdrawn_on', { time: format.dateTime(at) });
  const noted = by === null || at === null ? undefined : t('parent_noted_by', { name: by });
  const mailed =
    parent === null || asked === null
      ? undefined
      : t(answer === null ? 'parent_asked' : 'parent_answered', { email: parent, time: format.dateTime(asked) });
  return (
    <Stack component="li" direction={{ xs: 'column', sm: 'row' }} sx={{ p: 2, gap: 2, alignItems: { sm: 'center' } }}>
      <Avatar aria-hidden sx={{ display: { xs: 'none', sm: 'flex' } }}>
        {initials(person.display_name)}
      </Avatar>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center', mb: 0.5 }}>
          <Typography component={Link} to={`/admin/users/${person.id}`} sx={{ fontWeight: 600, color: 'inherit' }}>
            {person.display_name}
          </Typography>
          <Chip size="small" color={given ? 'success' : refused ? 'error' : 'warning'} label={t(given ? 'parent_given' : refused ? 'parent_refused' : 'parent_waiting')} />
        </Stack>
        <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
          {[person.email, since, noted, mailed].filter((fact) => fact !== undefined).join(' · ')}
        </Typography>
      </Box>
      <Button
        variant="outlined"
        onClick={onNote}
        aria-label={t(given ? 'parent_withdraw_for' : 'parent_note_for', { name: person.display_name })}
      >
        {t(given ? 'parent_withdraw' : 'parent_note')}
      </Button>
    </Stack>
  );
}

/** For whom a parent has agreed, and for whom one has yet to. */
export default function ParentsPart(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const [shown, setShown] = useState<Shown>('waiting');
  const [search, setSearch] = useState('');
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [noting, setNoting] = useState<ParentalConsent | null>(null);
  const { data: plan } = useGetRetentionQuery();
  const { data, error, refetch } = useListParentalConsentsQuery({
    limit: 20,
    ...(search !== '' && { search }),
    ...(shown !== 'all' && { given: shown === 'given' }),
    ...(trail.length > 0 && { cursor: trail.at(-1) }),
  });
  const asked = plan === undefined || (plan.rules.minors === true && plan.rules.parental_consent_needed === true);
  const filter = (change: () => void): void => {
    change();
    setTrail([]);
  };
  return (
    <Stack sx={{ gap: 2.5 }}>
      {!asked && (
        <Alert
          severity="info"
          action={
            <Button component={Link} to="?part=retention" color="inherit" size="small">
              {t('parents_decide')}
            </Button>
          }
        >
          {t('parents_not_asked')}
        </Alert>
      )}
      <Stack direction={{ xs: 'column', sm: 'row' }} sx={{ gap: 1.5 }}>
        <SearchField label={t('parents_search')} value={search} onSearch={(next) => filter(() => setSearch(next))} />
        <TextField
          select
          label={t('parents_show')}
          value={shown}
          onChange={({ target }) => filter(() => setShown(SHOWN.find((each) => each === target.value) ?? 'waiting'))}
          sx={{ minWidth: 200 }}
        >
          {SHOWN.map((each) => (
            <MenuItem key={each} value={each}>
              {t(`parents_${each}`)}
            </MenuItem>
          ))}
        </TextField>
      </Stack>
      {data === undefined && error === undefined && <LoadingState lines={3} height={80} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <EmptyState
          role="status"
          icon={ICON}
          title={t(shown === 'waiting' && search === '' ? 'parents_none_waiting' : 'parents_none')}
          description={t('parents_none_detail')}
        />
      )}
      {data !== undefined && data.items.length > 0 && (
        <Box>
          <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
            {data.items.map((each) => (
              <ChildRow key={each.person.id} child={each} onNote={() => setNoting(each)} />
            ))}
          </Card>
          <Pager total={t('parents_total', { count: data.total ?? 0 })} trail={trail} next={data.next_cursor ?? null} onMove={setTrail} />
        </Box>
      )}
      {noting !== null && <NoteDialog child={noting} onClose={() => setNoting(null)} />}
    </Stack>
  );
}
