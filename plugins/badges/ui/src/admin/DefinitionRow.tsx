import { Medal, useFormat } from '@questline/ui-sdk';
import { ManagedRow } from '@questline/ui-sdk/admin';
import type { ReactNode } from 'react';
import { iconPath } from '../icons.ts';
import { badgeText } from '../texts.ts';
import type { Definition } from './api.ts';
import { criterionText } from './criteria.ts';
import { useTexts } from './texts.ts';

interface DefinitionRowProps {
  readonly definition: Definition;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** One badge there is to earn: how it looks, what it says and what it takes. */
export function DefinitionRow({ definition, onEdit, onRemove }: DefinitionRowProps): ReactNode {
  const t = useTexts();
  const format = useFormat();
  return (
    <ManagedRow
      t={t}
      name={badgeText(t, definition, 'title')}
      facts={`${t(`tier.${definition.tier}`)} · ${criterionText(t, definition.criterion, format)}`}
      lead={<Medal tier={definition.tier} icon={iconPath(definition.icon)} size={52} />}
      onEdit={onEdit}
      onRemove={onRemove}
    />
  );
}
