import { useFormat } from '@questline/ui-sdk';
import { useTranslation } from 'react-i18next';
import type { GroupCard } from './api.ts';
import { TEXTS } from './texts.ts';

/** Says from when to when a cohort learns; empty where it has no dates. */
export function useDates(): (group: GroupCard) => string {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  // A day is the same day everywhere: without a time, in no zone.
  const day = (date: string): string => format.date(`${date}T00:00:00Z`, { dateStyle: 'medium', timeZone: 'UTC' });
  return ({ starts_on: start, ends_on: end }) => {
    if (start !== null && end !== null) return t('between', { start: day(start), end: day(end) });
    if (start !== null) return t('from', { date: day(start) });
    return end === null ? '' : t('until', { date: day(end) });
  };
}
