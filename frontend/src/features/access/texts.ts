import { i18n } from '../../app/i18n/index.ts';
import de from './texts/de.json';
import en from './texts/en.json';

// Texts of these pages, fetched with them and not before; each key begins with `access:`.
if (i18n.isInitialized) {
  i18n.addResourceBundle('en', 'access', en);
  i18n.addResourceBundle('de', 'access', de);
}
