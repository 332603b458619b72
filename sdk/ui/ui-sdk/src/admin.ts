export { ConditionFields } from './admin/ConditionFields.tsx';
export {
  type Condition,
  type ConditionDraft,
  conditionErrors,
  readScalar,
  toCondition,
  toConditionDraft,
  writeValue,
} from './admin/conditions.ts';
export { EventField } from './admin/EventField.tsx';
export { type EventType, eventError, eventName, eventText } from './admin/events.ts';
export { FormDialog } from './admin/FormDialog.tsx';
export { ManagedPage } from './admin/ManagedPage.tsx';
export { ManagedRow } from './admin/ManagedRow.tsx';
export { RemoveDialog } from './admin/RemoveDialog.tsx';
export { adminTexts } from './admin/texts.ts';
