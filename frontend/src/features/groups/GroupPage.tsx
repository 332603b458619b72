import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Box, Button, Chip, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useCan } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { color } from '../../design/theme/tokens.ts';
import { type GroupCard, useGetGroupQuery } from './api.ts';
import { CoursesPanel } from './CoursesPanel.tsx';
import { DeleteGroup } from './DeleteGroup.tsx';
import { GroupDialog } from './GroupDialog.tsx';
import { MembersPanel } from './MembersPanel.tsx';
import { TEXTS } from './texts.ts';
import { useDates } from './useDates.ts';

/** A group: its members, its courses, and what to change about it. */
export default function GroupPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { groupId = '' } = useParams();
  const { data, error, refetch } = useGetGroupQuery(groupId);
  return (
    <Page title={data?.name ?? t('title')}>
      <Button href="/admin/groups" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('back')}
      </Button>
      {data === undefined && error === undefined && <LoadingState lines={4} height={96} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && <Group group={data} />}
    </Page>
  );
}

function Group({ group }: { readonly group: GroupCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const manages = useCan()('tenant.groups.manage');
  const dates = useDates()(group);
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const actions = manages && (
    <>
      <Button variant="outlined" onClick={() => setOpen('edit')}>
        {t('edit')}
      </Button>
      <Button variant="outlined" color="error" onClick={() => setOpen('delete')}>
        {t('delete')}
      </Button>
    </>
  );
  return (
    <>
      <PageHeader title={group.name} description={group.description} actions={actions} />
      <Stack
        direction="row"
        sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 1.25, rowGap: 0.5, mt: { xs: -1, md: -2 }, mb: 3 }}
      >
        <Chip size="small" color={group.kind === 'cohort' ? 'primary' : 'default'} label={t(`kind_${group.kind}`)} />
        <Typography variant="body2" sx={{ color: color('muted'), overflowWrap: 'anywhere' }}>
          {[dates, group.slug, ...(group.external_id === null ? [] : [t('synced', { id: group.external_id })])]
            .filter((fact) => fact !== '')
            .join(' · ')}
        </Typography>
      </Stack>
      <Box
        sx={{
          display: 'grid',
          alignItems: 'start',
          gap: 3,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 3fr) minmax(0, 2fr)' },
        }}
      >
        <MembersPanel group={group} manages={manages} />
        <CoursesPanel group={group} manages={manages} />
      </Box>
      {open === 'edit' && (
        <GroupDialog group={group} onClose={() => setOpen(undefined)} onSaved={() => setOpen(undefined)} />
      )}
      {open === 'delete' && <DeleteGroup group={group} onClose={() => setOpen(undefined)} />}
    </>
  );
}
