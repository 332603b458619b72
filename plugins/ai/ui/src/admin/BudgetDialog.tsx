import { FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { fieldError, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { FormDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useAiAddBudgetMutation, useAiChangeBudgetMutation } from './api.ts';
import { microsOf } from './money.ts';
import { useTexts } from './texts.ts';
import type { Budget, BudgetDraft, BudgetScope } from './types.ts';

const SCOPES: readonly BudgetScope[] = ['tenant', 'each_user', 'course', 'user'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

interface BudgetDialogProps {
  readonly budget: Budget | null;
  readonly onClose: () => void;
}

/** The form of a budget. */
export function BudgetDialog({ budget, onClose }: BudgetDialogProps): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const [add, adding] = useAiAddBudgetMutation();
  const [change, changing] = useAiChangeBudgetMutation();
  const [scope, setScope] = useState<BudgetScope>(budget?.scope ?? 'tenant');
  const [subject, setSubject] = useState(budget?.course_id ?? budget?.user_id ?? '');
  const [limit, setLimit] = useState(budget === null ? '' : String(budget.limit_micros / 1_000_000));
  const [currency, setCurrency] = useState(budget?.currency ?? 'USD');
  const [enabled, setEnabled] = useState(budget?.enabled ?? true);
  const [tried, setTried] = useState(false);
  const named = scope === 'course' || scope === 'user';
  const micros = microsOf(limit);
  const wrong = {
    subject: named && !UUID.test(subject.trim()),
    limit: micros === undefined,
    currency: !/^[A-Z]{3}$/u.test(currency),
  };
  const problem = adding.error ?? changing.error;
  const onSave = async (): Promise<string | undefined> => {
    setTried(true);
    const first = (['subject', 'limit', 'currency'] as const).find((name) => wrong[name]);
    if (first !== undefined || micros === undefined) return first ?? 'limit';
    const draft: BudgetDraft = {
      scope,
      limit_micros: micros,
      currency,
      course_id: scope === 'course' ? subject.trim() : null,
      user_id: scope === 'user' ? subject.trim() : null,
      enabled,
    };
    const answer = budget === null ? await add(draft) : await change({ id: budget.id, draft });
    if (answer.error !== undefined) return undefined;
    notify({ message: t('admin.saved', { name: t(`admin.budgets.scope.${scope}`) }), severity: 'success' });
    onClose();
    return undefined;
  };
  return (
    <FormDialog
      title={t(budget === null ? 'admin.budgets.add' : 'admin.budgets.change')}
      busy={adding.isLoading || changing.isLoading}
      problem={problem === undefined ? undefined : message(problem)}
      onSave={onSave}
      onClose={onClose}
    >
      <TextField select name="scope" label={t('admin.budgets.for')} value={scope} disabled={budget !== null} onChange={(event) => setScope(event.target.value as BudgetScope)}>
        {SCOPES.map((each) => (
          <MenuItem key={each} value={each}>
            {t(`admin.budgets.scope.${each}`)}
          </MenuItem>
        ))}
      </TextField>
      {named && (
        <TextField
          name="subject"
          label={t(`admin.budgets.id_of.${scope}`)}
          value={subject}
          disabled={budget !== null}
          error={tried && wrong.subject}
          helperText={tried && wrong.subject ? t('admin.budgets.id_wrong') : t('admin.budgets.id_hint')}
          onChange={(event) => setSubject(event.target.value)}
        />
      )}
      <TextField
        name="limit"
        label={t('admin.budgets.limit')}
        value={limit}
        error={(tried && wrong.limit) || fieldError(problem, 'limit_micros') !== undefined}
        helperText={tried && wrong.limit ? t('admin.budgets.limit_wrong') : (fieldError(problem, 'limit_micros') ?? t('admin.budgets.limit_hint'))}
        onChange={(event) => setLimit(event.target.value)}
        slotProps={{ htmlInput: { inputMode: 'decimal' } }}
      />
      <TextField
        name="currency"
        label={t('admin.budgets.currency')}
        value={currency}
        error={tried && wrong.currency}
        helperText={t('admin.budgets.currency_hint')}
        onChange={(event) => setCurrency(event.target.value.toUpperCase())}
        slotProps={{ htmlInput: { maxLength: 3 } }}
      />
      <FormControlLabel control={<Switch checked={enabled} onChange={(_, on) => setEnabled(on)} />} label={t('admin.budgets.enabled')} />
    </FormDialog>
  );
}
