import { i18n } from '../../app/i18n/index.ts';
import de from './texts/de.json';
import en from './texts/en.json';

/** Namespace of the texts of these pages, which are fetched with them and not before. */
export const TEXTS = 'tenant';

// Not so in tests of single components, which bring a translator of their own.
if (i18n.isInitialized) {
  i18n.addResourceBundle('en', TEXTS, en);
  i18n.addResourceBundle('de', TEXTS, de);
}
