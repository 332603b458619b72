import { sdkEnglish, sdkGerman } from '@questline/ui-sdk/host';
import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import { english } from './english.ts';

/** Languages of the host, and how each is called by those who speak it. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

/** A language the host can speak. */
export type Language = keyof typeof LANGUAGES;

/** The host's language for a locale such as `de-AT`. */
export function toLanguage(locale: string): Language {
  const [code = 'en'] = locale.toLowerCase().split('-');
  return code in LANGUAGES ? (code as Language) : 'en';
}

/** Switches the language; its texts are fetched at first use. */
export async function setLanguage(locale: string): Promise<void> {
  const language = toLanguage(locale);
  if (language === 'de' && !i18n.hasResourceBundle('de', 'host')) {
    const { german } = await import('./german.ts');
    i18n.addResourceBundle('de', 'host', german);
  }
  await i18n.changeLanguage(language);
  document.documentElement.lang = language;
}

/** Starts i18next in the browser's language. */
export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    ns: ['host', 'sdk'],
    defaultNS: 'host',
    interpolation: { escapeValue: false },
    resources: { en: { host: english, sdk: sdkEnglish }, de: { sdk: sdkGerman } },
  });
  await setLanguage(navigator.language);
}

export { i18n };
