import { useTranslation } from 'react-i18next';
import type { Level } from './api.ts';
import en from './locales/en.json';

type Translate = (key: string, options: Record<string, unknown>) => string;

/** The title of a level in the user's language; a title that the tenant made up stays as it is. */
export function levelTitle(translate: Translate, level: Level): string {
  return translate(`levels.${level.title.toLowerCase().replaceAll(/[^a-z]+/gu, '_')}`, { defaultValue: level.title });
}

const SHIPPED: Readonly<Record<string, string>> = en.rules;

/** What an entry was for, in the user's language where the rule ships with points and has kept its name. */
export function reasonText(translate: Translate, entry: { readonly rule: string; readonly reason: string }): string {
  return SHIPPED[entry.rule] === entry.reason ? translate(`rules.${entry.rule}`, {}) : entry.reason;
}

/** A function that puts a level's title into the user's language. */
export function useLevelNames(): (level: Level) => Level {
  const { t } = useTranslation('points');
  return (level) => ({ ...level, title: levelTitle(t, level) });
}
