import { i18n } from '../../app/i18n/index.ts';
import de from './texts/de.json';
import en from './texts/en.json';

/** Namespace of the texts of groups, which are fetched with the pages and not before. */
export const TEXTS = 'groups';

// Not so in tests of single components, which bring a translator of their own.
if (i18n.isInitialized) {
  i18n.addResourceBundle('en', TEXTS, en);
  i18n.addResourceBundle('de', TEXTS, de);
}
