import { ManagedPage } from '@questline/ui-sdk/admin';
import type { ReactNode } from 'react';
import { usePointsDeleteRuleMutation, usePointsListRulesQuery } from './api.ts';
import { RuleDialog } from './RuleDialog.tsx';
import { RuleRow } from './RuleRow.tsx';
import { useTexts } from './texts.ts';

/** What earns points: every rule, to be written, changed, switched and removed. */
export default function RulesPage(): ReactNode {
  const t = useTexts();
  const list = usePointsListRulesQuery();
  return (
    <ManagedPage
      t={t}
      list={list}
      removal={usePointsDeleteRuleMutation()}
      nameOf={({ name }) => name}
      renderRow={(rule, actions) => <RuleRow key={rule.id} rule={rule} {...actions} />}
      renderForm={(rule, onClose) => <RuleDialog rule={rule} onClose={onClose} />}
    />
  );
}
