import { Alert, Box, Button, Card, LinearProgress, Stack, Typography } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat, useNotify, usePermission, useProblemMessage } from '@questline/ui-sdk';
import { RemoveDialog } from '@questline/ui-sdk/admin';
import { type ReactNode, useState } from 'react';
import { useAiListBudgetsQuery, useAiRemoveBudgetMutation } from './api.ts';
import { BudgetDialog } from './BudgetDialog.tsx';
import { Frame } from './Frame.tsx';
import { money } from './money.ts';
import { useTexts } from './texts.ts';
import type { Budget } from './types.ts';

interface BudgetCardProps {
  readonly budget: Budget;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

function BudgetCard({ budget, onEdit, onRemove }: BudgetCardProps): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const may = usePermission('ai.settings.manage');
  const used = budget.spent_micros + budget.reserved_micros;
  const percent = budget.limit_micros === 0 ? 100 : Math.min(100, (100 * used) / budget.limit_micros);
  const title = t(`admin.budgets.scope.${budget.scope}`);
  return (
    <Card component="li" sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 1.25 }}>
      <Typography variant="h4" component="h2">
        {title}
        {!budget.enabled && ` (${t('admin.budgets.off')})`}
      </Typography>
      {(budget.course_id ?? budget.user_id) !== null && (
        <Typography variant="body2" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {budget.course_id ?? budget.user_id}
        </Typography>
      )}
      <LinearProgress
        variant="determinate"
        value={percent}
        color={percent >= 100 ? 'error' : percent >= 80 ? 'warning' : 'primary'}
        aria-label={t('admin.budgets.used_label', { name: title })}
        sx={{ height: 10, borderRadius: 5 }}
      />
      <Typography>
        {t('admin.budgets.used', { used: money(format, used, budget.currency), limit: money(format, budget.limit_micros, budget.currency), percent: format.percent(percent) })}
      </Typography>
      {may && (
        <Stack direction="row" sx={{ gap: 1 }}>
          <Button variant="outlined" size="small" aria-label={t('admin.edit_named', { name: title })} onClick={onEdit}>
            {t('admin.budgets.edit')}
          </Button>
          <Button variant="outlined" size="small" color="error" aria-label={t('admin.remove_named', { name: title })} onClick={onRemove}>
            {t('admin.remove')}
          </Button>
        </Stack>
      )}
    </Card>
  );
}

/** What AI may cost in a month: by site, course and person. */
export default function BudgetsPage(): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const may = usePermission('ai.settings.manage');
  const { data, error, refetch } = useAiListBudgetsQuery();
  const [remove, removal] = useAiRemoveBudgetMutation();
  const [editing, setEditing] = useState<Budget | 'new'>();
  const [removing, setRemoving] = useState<Budget>();
  const add = may && (
    <Button variant="contained" onClick={() => setEditing('new')}>
      {t('admin.budgets.add')}
    </Button>
  );
  const confirm = async (budget: Budget): Promise<void> => {
    const answer = await remove(budget.id);
    if (answer.error !== undefined) return;
    setRemoving(undefined);
    notify({ message: t('admin.removed', { name: t(`admin.budgets.scope.${budget.scope}`) }), severity: 'success' });
  };
  return (
    <Frame page="budgets" actions={data && add}>
      {data === undefined && (error === undefined ? <LoadingState lines={3} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data?.items.length === 0 && <EmptyState role="status" title={t('admin.budgets.none')} description={t('admin.budgets.none_detail')} />}
      {data !== undefined && data.items.length > 0 && (
        <>
          <Box component="ul" aria-label={t('admin.budgets.title')} sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2, gridTemplateColumns: { md: '1fr 1fr' } }}>
            {data.items.map((budget) => (
              <BudgetCard key={budget.id} budget={budget} onEdit={() => setEditing(budget)} onRemove={() => setRemoving(budget)} />
            ))}
          </Box>
          <Alert severity="info" sx={{ mt: 3 }}>
            {t('admin.budgets.closed')}
          </Alert>
        </>
      )}
      {editing !== undefined && <BudgetDialog budget={editing === 'new' ? null : editing} onClose={() => setEditing(undefined)} />}
      {removing !== undefined && (
        <RemoveDialog
          t={t}
          name={t(`admin.budgets.scope.${removing.scope}`)}
          busy={removal.isLoading}
          problem={removal.error === undefined ? undefined : message(removal.error)}
          onConfirm={() => void confirm(removing)}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </Frame>
  );
}
