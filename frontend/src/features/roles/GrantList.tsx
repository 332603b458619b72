import { Box, Button, Chip, Link, Stack, Typography } from '@mui/material';
import { useFormat, useNotify } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color } from '../../design/theme/tokens.ts';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { type Grant, useRevokeGrantMutation } from './api.ts';
import { TEXTS } from './texts.ts';
import { useRoleName } from './useRoleName.ts';

interface GrantListProps {
  readonly grants: readonly Grant[];
  readonly manages: boolean;
  /** Whether each line says who holds the role. */
  readonly withSubject?: boolean;
}

/** Roles that are held beside one's own, and the way to take them. */
export function GrantList({ grants, manages, withSubject = false }: GrantListProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const name = useRoleName();
  const [taking, setTaking] = useState<Grant>();
  const [revoke, { isLoading, error }] = useRevokeGrantMutation();
  const confirm = async (grant: Grant): Promise<void> => {
    const answer = await revoke(grant.id);
    if (answer.error !== undefined) return;
    notify({ message: t('taken'), severity: 'success' });
    setTaking(undefined);
  };
  return (
    <>
      <Stack component="ul" sx={{ m: 0, p: 0, listStyle: 'none', '& > li + li': { borderTop: border('rule') } }}>
        {grants.map((grant) => (
          <GrantRow key={grant.id} grant={grant} withSubject={withSubject} {...(manages ? { onTake: () => setTaking(grant) } : {})} />
        ))}
      </Stack>
      {taking !== undefined && (
        <ConfirmDialog
          title={t('take_title', { role: name(taking.role, taking.role_name), name: taking.subject.name })}
          action={t('take')}
          stops
          busy={isLoading}
          problem={error}
          onConfirm={() => void confirm(taking)}
          onClose={() => setTaking(undefined)}
        >
          <Typography>{t('take_text')}</Typography>
        </ConfirmDialog>
      )}
    </>
  );
}

interface GrantRowProps {
  readonly grant: Grant;
  readonly withSubject: boolean;
  readonly onTake?: () => void;
}

function GrantRow({ grant, withSubject, onTake }: GrantRowProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const name = useRoleName();
  const role = name(grant.role, grant.role_name);
  const { subject, scope } = grant;
  const page = subject.kind === 'user' ? `/admin/users/${subject.id}/access` : `/admin/service-accounts/${subject.id}`;
  const where = scope.kind === 'tenant' ? t('where_tenant') : t(`in_${scope.kind}`, { name: scope.name });
  const date = format.date(grant.granted_at);
  const since = grant.granted_by === null ? t('since', { date }) : t('since_by', { date, name: grant.granted_by.name });
  return (
    <Stack component="li" direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 2, rowGap: 1, py: 1.5 }}>
      <Box sx={{ flex: '1 1 240px', minWidth: 0 }}>
        <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 1, rowGap: 0.5 }}>
          <Typography variant="subtitle2" component={withSubject ? 'h2' : 'h3'} sx={{ overflowWrap: 'anywhere' }}>
            {withSubject ? (
              <Link href={page} underline="hover" sx={{ color: 'inherit' }}>
                {subject.name}
              </Link>
            ) : (
              role
            )}
          </Typography>
          {withSubject && <Chip size="small" color="primary" label={role} />}
          {withSubject && subject.kind === 'service' && <Chip size="small" label={t('service_account')} />}
        </Stack>
        <Typography sx={{ overflowWrap: 'anywhere' }}>{where}</Typography>
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {since}
        </Typography>
      </Box>
      {onTake !== undefined && (
        <Button size="small" variant="outlined" aria-label={t('take_named', { role, name: subject.name })} onClick={onTake}>
          {t('take')}
        </Button>
      )}
    </Stack>
  );
}
