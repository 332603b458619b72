import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { useTranslation } from 'react-i18next';

/** A function that says in the user's language what went wrong in the lab. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('ai_lab');
  const message = useProblemMessage();
  return (error) => {
    const key = isApiProblem(error) ? `problems.${error.code}` : '';
    return key !== '' && i18n.exists(key, { ns: 'ai_lab' }) ? t(key) : message(error);
  };
}
