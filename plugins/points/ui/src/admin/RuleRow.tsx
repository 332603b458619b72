import { Box, Switch } from '@mui/material';
import { PointsPill, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { ManagedRow, eventText } from '@questline/ui-sdk/admin';
import type { ReactNode } from 'react';
import { type Rule, usePointsSaveRuleMutation } from './api.ts';
import { UNITS, toDraft } from './draft.ts';
import { useTexts } from './texts.ts';

interface RuleRowProps {
  readonly rule: Rule;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** One rule: what it awards for, how much and how often, and whether it is on. */
export function RuleRow({ rule, onEdit, onRemove }: RuleRowProps): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const notify = useNotify();
  const message = useProblemMessage();
  const [save, { isLoading }] = usePointsSaveRuleMutation();
  const { id, name, enabled, cap } = rule;
  const turn = async (): Promise<void> => {
    const answer = await save({ id, rule: { ...rule, enabled: !enabled } });
    if (answer.error !== undefined) notify({ message: message(answer.error), severity: 'error' });
  };
  const { pauseUnit } = toDraft(rule);
  const pause = (rule.cooldown_seconds ?? 0) / UNITS[pauseUnit];
  const facts = [
    eventText(t, rule.event, rule.condition),
    ...(cap === null ? [] : [t(`admin.at_most_${cap.per}`, { points: format.number(cap.amount) })]),
    ...(pause === 0 ? [] : [t(`admin.pause_${pauseUnit}`, { count: pause })]),
  ];
  return (
    <ManagedRow
      t={t}
      name={name}
      facts={facts.join(' · ')}
      off={!enabled}
      onEdit={onEdit}
      onRemove={onRemove}
      lead={
        <Box sx={{ width: 76, filter: enabled ? 'none' : 'grayscale(1)', textAlign: 'end' }}>
          <PointsPill points={rule.amount} signed size="small" />
        </Box>
      }
      controls={
        <Switch
          checked={enabled}
          disabled={isLoading}
          onChange={() => void turn()}
          slotProps={{ input: { 'aria-label': t('admin.on_named', { name }) } }}
        />
      }
    />
  );
}
