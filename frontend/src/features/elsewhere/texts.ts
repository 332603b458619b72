import { i18n } from '../../app/i18n/index.ts';
import de from './texts/de.json';
import en from './texts/en.json';

// Texts of these pages, fetched with them and not before; each key begins with `elsewhere:`.
if (i18n.isInitialized) {
  i18n.addResourceBundle('en', 'elsewhere', en);
  i18n.addResourceBundle('de', 'elsewhere', de);
}
