import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { useTranslation } from 'react-i18next';

/** A function that says in the user's language what went wrong with an assessment. */
export function useProblemText(): (error: unknown) => string {
  const { t, i18n } = useTranslation('assessments');
  const message = useProblemMessage();
  return (error) => {
    const key = isApiProblem(error) ? `problems.${error.code}` : '';
    return key !== '' && i18n.exists(key, { ns: 'assessments' }) ? t(key) : message(error);
  };
}
