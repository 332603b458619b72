import { TextField } from '@mui/material';
import { fieldError, isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ServiceAccountCard, useChangeServiceAccountMutation, useCreateServiceAccountMutation } from '../roles/api.ts';
import { TEXTS } from '../roles/texts.ts';

interface AccountDialogProps {
  /** The account to change; without one a new account is made. */
  readonly account?: ServiceAccountCard;
  readonly onSaved: (account: ServiceAccountCard) => void;
  readonly onClose: () => void;
}

/** Makes or renames a service account. */
export function AccountDialog({ account, onSaved, onClose }: AccountDialogProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const [create, creating] = useCreateServiceAccountMutation();
  const [change, changing] = useChangeServiceAccountMutation();
  const [name, setName] = useState(account?.name ?? '');
  const [description, setDescription] = useState(account?.description ?? '');
  const problem: unknown = creating.error ?? changing.error;
  const wrong = isApiProblem(problem) && problem.code === 'name_taken' ? message(problem) : fieldError(problem, 'name');
  const save = async (): Promise<string | undefined> => {
    const fields = { name, description };
    const answer = await (account === undefined
      ? create(fields)
      : change({ accountId: account.id, changeServiceAccount: { ...fields, status: account.status } }));
    if (answer.data === undefined) return 'name';
    onSaved(answer.data.account);
    return undefined;
  };
  return (
    <FormDialog
      title={t(account === undefined ? 'account.new' : 'account.edit')}
      busy={creating.isLoading || changing.isLoading}
      problem={problem !== undefined && wrong === undefined ? message(problem) : undefined}
      onSave={save}
      onClose={onClose}
    >
      <TextField name="name" required autoFocus label={t('name')} value={name} error={wrong !== undefined} helperText={wrong ?? t('account.name_hint')} onChange={({ target }) => setName(target.value)} />
      <TextField label={t('description')} value={description} multiline minRows={2} onChange={({ target }) => setDescription(target.value)} />
    </FormDialog>
  );
}
