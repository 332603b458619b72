import { Typography } from '@mui/material';
import { useNotify } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { type RoleCard, rolesApi, useDeleteRoleMutation } from './api.ts';
import { TEXTS } from './texts.ts';

/** Asks before a role is deleted; the server refuses while somebody holds it, and says who. */
export function DeleteRole({ role, onClose }: { readonly role: RoleCard; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const navigate = useNavigate();
  const dispatch = useDispatch();
  const [remove, { isLoading, error }] = useDeleteRoleMutation();
  const confirm = async (): Promise<void> => {
    const answer = await remove(role.slug);
    if (answer.error !== undefined) return;
    notify({ message: t('deleted', { role: role.name }), severity: 'success' });
    await navigate('/admin/roles');
    dispatch(rolesApi.util.invalidateTags(['Roles']));
  };
  return (
    <ConfirmDialog
      title={t('delete_title', { role: role.name })}
      action={t('delete')}
      stops
      busy={isLoading}
      problem={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Typography>{role.holders > 0 ? t('delete_held', { count: role.holders }) : t('delete_text')}</Typography>
    </ConfirmDialog>
  );
}
