import { isApiProblem } from '@questline/ui-sdk';
import { ManagedPage } from '@questline/ui-sdk/admin';
import type { ReactNode } from 'react';
import { badgeText } from '../texts.ts';
import { useBadgesDeleteDefinitionMutation, useBadgesListDefinitionsQuery } from './api.ts';
import { DefinitionDialog } from './DefinitionDialog.tsx';
import { DefinitionRow } from './DefinitionRow.tsx';
import { useTexts } from './texts.ts';

/** The badges there are to earn, to be defined, changed and removed. */
export default function DefinitionsPage(): ReactNode {
  const t = useTexts();
  const list = useBadgesListDefinitionsQuery();
  const last = Math.min(10_000, Math.max(0, ...(list.data?.items ?? []).map(({ position }) => position)) + 10);
  return (
    <ManagedPage
      t={t}
      list={list}
      removal={useBadgesDeleteDefinitionMutation()}
      nameOf={(definition) => badgeText(t, definition, 'title')}
      refusal={(problem) => (isApiProblem(problem) && problem.code === 'badge_earned' ? t('admin.problem.badge_earned') : undefined)}
      renderRow={(definition, actions) => <DefinitionRow key={definition.id} definition={definition} {...actions} />}
      renderForm={(definition, onClose) => <DefinitionDialog definition={definition} last={last} onClose={onClose} />}
    />
  );
}
