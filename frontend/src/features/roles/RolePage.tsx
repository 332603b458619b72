import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import { Button, Chip, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, Page, PageHeader, useCan } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { color } from '../../design/theme/tokens.ts';
import { type RoleCard, useListRolesQuery } from './api.ts';
import { DeleteRole } from './DeleteRole.tsx';
import { PermissionPicker } from './PermissionPicker.tsx';
import { Prover } from './Prover.tsx';
import { RoleEditor } from './RoleEditor.tsx';
import { TEXTS } from './texts.ts';
import { useRoleName } from './useRoleName.ts';

/** One role: what it holds, and, where it is the site's own, its editor. */
export default function RolePage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { slug } = useParams();
  const [query] = useSearchParams();
  const name = useRoleName();
  const { data, error, refetch } = useListRolesQuery();
  const wanted = slug ?? query.get('from');
  const role = data?.roles.find((each) => each.slug === wanted);
  const title = slug === undefined ? t('new') : name(slug, role?.name);
  return (
    <Page title={title}>
      <Button href="/admin/roles" startIcon={<ArrowBackRounded />} sx={{ mb: 1, ml: -1.75 }}>
        {t('back')}
      </Button>
      {data === undefined && error === undefined && <LoadingState lines={5} height={72} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && slug !== undefined && role === undefined && <EmptyState title={t('gone')} description={t('gone_detail')} />}
      {data !== undefined && (slug === undefined || role !== undefined) && (
        <Prover>
          {slug !== undefined && role !== undefined ? (
            <Role key={role.slug} role={role} />
          ) : (
            <>
              <PageHeader title={title} description={role === undefined ? t('new_lead') : t('copy_lead', { role: name(role.slug, role.name) })} />
              <RoleEditor {...(role === undefined ? {} : { from: role })} />
            </>
          )}
        </Prover>
      )}
    </Page>
  );
}

function Role({ role }: { readonly role: RoleCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const manages = useCan()('tenant.roles.manage');
  const name = useRoleName();
  const [deleting, setDeleting] = useState(false);
  const editable = manages && !role.built_in;
  const actions = (
    <>
      <Button variant="outlined" href={`/admin/grants?role=${role.slug}`}>
        {t('who_holds')}
      </Button>
      {manages && (
        <Button variant="outlined" href={`/admin/roles/new?from=${role.slug}`}>
          {t('duplicate')}
        </Button>
      )}
      {editable && (
        <Button variant="outlined" color="error" onClick={() => setDeleting(true)}>
          {t('delete')}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeader
        title={name(role.slug, role.name)}
        description={role.built_in ? t(`builtin_lead.${role.slug}`) : role.description}
        actions={actions}
      />
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1, mb: 3 }}>
        <Chip size="small" label={t(role.built_in ? 'is_built_in' : 'is_own')} />
        <Chip size="small" color={role.holders > 0 ? 'primary' : 'default'} label={t('holders_count', { count: role.holders, number: role.holders })} />
        {role.by_packs.length > 0 && (
          <Typography variant="body2" sx={{ color: color('muted') }}>
            {t('by_packs', { count: role.by_packs.length })}
          </Typography>
        )}
      </Stack>
      {editable ? <RoleEditor role={role} /> : <PermissionPicker chosen={new Set(role.permissions)} />}
      {deleting && <DeleteRole role={role} onClose={() => setDeleting(false)} />}
    </>
  );
}
