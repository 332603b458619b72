import { i18n } from '../../app/i18n/index.ts';
import de from './texts/de.json';
import en from './texts/en.json';

/** Namespace of the texts of the console's navigation, which only those who run the site fetch. */
export const TEXTS = 'console';

i18n.addResourceBundle('en', TEXTS, en);
i18n.addResourceBundle('de', TEXTS, de);
