import { Typography } from '@mui/material';
import { useNotify } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDispatch } from 'react-redux';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from '../extensions/ConfirmDialog.tsx';
import { type GroupCard, groupsApi, useDeleteGroupMutation } from './api.ts';
import { TEXTS } from './texts.ts';

/** Asks before a group is deleted, and leads back to the list. */
export function DeleteGroup({ group, onClose }: { readonly group: GroupCard; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const notify = useNotify();
  const navigate = useNavigate();
  const dispatch = useDispatch();
  const [remove, { isLoading, error }] = useDeleteGroupMutation();
  const confirm = async (): Promise<void> => {
    const answer = await remove(group.id);
    if (answer.error !== undefined) return;
    notify({ message: t('deleted', { name: group.name }), severity: 'success' });
    await navigate('/admin/groups');
    // Only now, since this page would ask for what is gone.
    dispatch(groupsApi.util.invalidateTags(['Groups']));
  };
  return (
    <ConfirmDialog
      title={t('delete_title', { name: group.name })}
      action={t('delete')}
      stops
      busy={isLoading}
      problem={error}
      onConfirm={() => void confirm()}
      onClose={onClose}
    >
      <Typography>{t('delete_text')}</Typography>
    </ConfirmDialog>
  );
}
