import { useTranslation } from 'react-i18next';
import { TEXTS } from './texts.ts';

/** Says in words which events a webhook is told of. */
export function useEventsText(): (types: readonly string[]) => string {
  const { t } = useTranslation(TEXTS);
  return (types) => {
    if (types.includes('*')) return t('every_event');
    return types.length === 1 ? (types[0] ?? '') : t('kinds', { count: types.length });
  };
}
