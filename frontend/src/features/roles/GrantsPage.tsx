import AddRounded from '@mui/icons-material/AddRounded';
import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Button, MenuItem, Stack, TextField } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useCan } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseName } from '../../api/index.ts';
import { useAddressParams } from '../../app/addressParams.ts';
import { Pager } from '../../design/components/Pager.tsx';
import { Panel } from '../../design/components/Panel.tsx';
import { useListGrantsQuery, useListRolesQuery } from './api.ts';
import { CourseField } from './CourseField.tsx';
import { GrantDialog } from './GrantDialog.tsx';
import { GrantList } from './GrantList.tsx';
import { Prover } from './Prover.tsx';
import { TEXTS } from './texts.ts';
import { useRoleName } from './useRoleName.ts';

/** Who holds which role where, beside their own. */
export default function GrantsPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const manages = useCan()('tenant.roles.manage');
  const name = useRoleName();
  const { params, change } = useAddressParams();
  const role = params.get('role') ?? '';
  const [course, setCourse] = useState<CourseName | null>(null);
  const [place, setPlace] = useState<{ asked: string; trail: readonly string[] }>({ asked: '', trail: [] });
  const [giving, setGiving] = useState(false);
  const { data: roles } = useListRolesQuery();
  const asked = `${role}\n${course?.id ?? ''}`;
  const trail = place.asked === asked ? place.trail : [];
  const cursor = trail.at(-1);
  const { data, error, refetch } = useListGrantsQuery({
    ...(role === '' ? {} : { role }),
    ...(course === null ? {} : { courseId: course.id }),
    ...(cursor === undefined ? {} : { cursor }),
  });
  const give = manages && (
    <Button variant="contained" startIcon={<AddRounded />} onClick={() => setGiving(true)}>
      {t('grant')}
    </Button>
  );
  return (
    <Page title={t('grants')}>
      <Button href="/admin/roles" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('back')}
      </Button>
      <PageHeader title={t('grants')} description={t('grants_lead')} actions={give} />
      <Stack direction={{ xs: 'column', sm: 'row' }} role="search" sx={{ gap: 2, mb: 3 }}>
        <TextField select fullWidth label={t('role')} value={role} onChange={({ target }) => change('role', target.value)} slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}>
          <MenuItem value="">{t('every_role')}</MenuItem>
          {(roles?.roles ?? []).map((each) => (
            <MenuItem key={each.slug} value={each.slug}>
              {name(each.slug, each.name)}
            </MenuItem>
          ))}
        </TextField>
        <CourseField label={t('course')} course={course} onChange={setCourse} />
      </Stack>
      {data === undefined && error === undefined && <LoadingState lines={5} height={72} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && data.items.length === 0 && (
        <EmptyState role="status" title={t('no_grants')} description={t('no_grants_detail')} action={give} />
      )}
      {data !== undefined && data.items.length > 0 && (
        <Panel sx={{ py: 1 }}>
          <GrantList grants={data.items} manages={manages} withSubject />
        </Panel>
      )}
      {data !== undefined && <Pager trail={trail} next={data.next_cursor ?? null} onMove={(moved) => setPlace({ asked, trail: moved })} />}
      {giving && (
        <Prover>
          <GrantDialog onClose={() => setGiving(false)} />
        </Prover>
      )}
    </Page>
  );
}
