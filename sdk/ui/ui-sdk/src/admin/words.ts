import { useTranslation } from 'react-i18next';

export const en = { save: 'Save', cancel: 'Cancel' };
export const de: typeof en = { save: 'Speichern', cancel: 'Abbrechen' };

/** The words of the reader's language that stand in every dialog, whosever texts the rest of it has. */
export function useWords(): typeof en {
  const { i18n } = useTranslation();
  return i18n.resolvedLanguage === 'de' ? de : en;
}
