import { adminTexts } from '@questline/ui-sdk/admin';
import de from './locales/de.json';
import en from './locales/en.json';

/** The texts of the plugin with those of its pages and dialogs, which come when one is opened; each begins with `admin.`. */
export const useTexts = adminTexts('ai_lab', { en, de });
