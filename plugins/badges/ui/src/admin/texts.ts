import { adminTexts } from '@questline/ui-sdk/admin';
import de from './locales/de.json';
import en from './locales/en.json';

/** The texts of the plugin with those of this page, which come when the page is opened; each begins with `admin.`. */
export const useTexts = adminTexts('badges', { en, de });
