import AddRounded from '@mui/icons-material/AddRounded';
import { Button, Card, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useCan } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color } from '../../design/theme/tokens.ts';
import { type RoleCard, useListRolesQuery } from './api.ts';
import { RoleRow } from './RoleRow.tsx';
import { TEXTS } from './texts.ts';

const ROLE_PATH = 'M12 1 3 5v6c0 5.55 3.84 10.74 9 12 5.16-1.26 9-6.45 9-12V5zm0 10.99h7c-.53 4.12-3.28 7.79-7 8.94V12H5V6.3l7-3.11z';

/** The roles of the site: those that come with it, and its own. */
export default function RolesPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const manages = useCan()('tenant.roles.manage');
  const { data, error, refetch } = useListRolesQuery();
  const own = data?.roles.filter((role) => !role.built_in) ?? [];
  const make = manages && (
    <Button variant="contained" startIcon={<AddRounded />} href="/admin/roles/new">
      {t('new')}
    </Button>
  );
  const actions = (
    <>
      <Button variant="outlined" href="/admin/roles/compare">
        {t('compare')}
      </Button>
      <Button variant="outlined" href="/admin/grants">
        {t('grants')}
      </Button>
      {make}
    </>
  );
  return (
    <Page title={t('title')}>
      <PageHeader title={t('title')} description={t('lead')} actions={actions} />
      {data === undefined && error === undefined && <LoadingState lines={6} height={72} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Stack sx={{ gap: 4 }}>
          <section aria-labelledby="own-roles">
            <Heading id="own-roles" title={t('own')} lead={t('own_lead')} />
            {own.length === 0 ? (
              <EmptyState icon={ROLE_PATH} title={t('none')} description={t('none_detail')} action={make} />
            ) : (
              <RoleList roles={own} />
            )}
          </section>
          <section aria-labelledby="built-in-roles">
            <Heading id="built-in-roles" title={t('built_in')} lead={t('built_in_lead')} />
            <RoleList roles={data.roles.filter((role) => role.built_in)} />
          </section>
        </Stack>
      )}
    </Page>
  );
}

function Heading({ id, title, lead }: { readonly id: string; readonly title: string; readonly lead: string }): ReactNode {
  return (
    <>
      <Typography id={id} variant="h3" component="h2">
        {title}
      </Typography>
      <Typography sx={{ color: color('muted'), mb: 2, maxWidth: '64ch' }}>{lead}</Typography>
    </>
  );
}

function RoleList({ roles }: { readonly roles: readonly RoleCard[] }): ReactNode {
  return (
    <Card component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border() } }}>
      {roles.map((role) => (
        <RoleRow key={role.slug} role={role} />
      ))}
    </Card>
  );
}
