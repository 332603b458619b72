import { useTranslation } from 'react-i18next';
import { labelKeys } from './groups.ts';

/** Names colours in the reader's language, for example "Primary: text on it". */
export function useColorLabel(): (name: string, where?: 'alone' | 'inGroup') => string {
  const { t } = useTranslation('theming');
  return (name, where = 'alone') => {
    const { family, part, number } = labelKeys(name);
    const text = t(`part_${part}`, { number, defaultValue: name });
    return family === undefined || where === 'inGroup'
      ? text
      : t('of_family', { family: t(`group_${family}`), part: text });
  };
}
