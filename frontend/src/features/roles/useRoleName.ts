import { useTranslation } from 'react-i18next';
import { TEXTS } from './texts.ts';

export const BUILT_IN = ['owner', 'admin', 'author', 'instructor', 'learner', 'guest'] as const;

/** What a role is called: a built-in one in the reader's language, the site's own as it was named. */
export function useRoleName(): (slug: string, name?: string) => string {
  const { t } = useTranslation(TEXTS);
  return (slug, name = slug) => (BUILT_IN.some((each) => each === slug) ? t(`builtin.${slug}`) : name);
}

/** A permission in plain words, in the reader's language where there is a translation. */
export function usePermissionTitle(): (name: string, title: string) => string {
  const { t } = useTranslation(TEXTS);
  return (name, title) => t(`permission.${name}`, { defaultValue: title });
}
