import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalizedText } from './contributions.ts';

/** The text in a language such as `de-AT`: the exact one, then `de`, then `en`. */
export function localize(text: LocalizedText, language: string): string {
  return text[language] ?? text[language.split('-')[0] ?? 'en'] ?? text.en;
}

/** A function that picks a localized text in the user's language. */
export function useLocalize(): (text: LocalizedText) => string {
  const { i18n } = useTranslation();
  const language = i18n.language;
  return useCallback((text) => localize(text, language), [language]);
}
