import type { TFunction } from 'i18next';
import { adminTexts } from '@questline/ui-sdk/admin';
import de from './locales/de.json';
import en from './locales/en.json';

/** The texts of the plugin with those of its admin pages, which come when one is opened; each begins with `admin.`. */
export const useTexts = adminTexts('payments', { en, de });

/** What an account of the ledger is called; the money at a provider names it. */
export function accountName(t: TFunction, account: string): string {
  const [kind = '', name = ''] = account.split(':', 2);
  return t(`admin.ledger.accounts.${kind}`, { name, defaultValue: account });
}
