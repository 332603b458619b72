import { useTranslation } from 'react-i18next';
import { TEXTS } from './texts.ts';

/** A preset's value in a word or two. */
export function usePresetText(): (value: unknown) => string {
  const { t } = useTranslation(TEXTS);
  return (value) => {
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
    if (Array.isArray(value)) return t('preset_entries', { count: value.length });
    return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  };
}
