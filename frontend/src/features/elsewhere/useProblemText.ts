import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { useTranslation } from 'react-i18next';

/** What to say of a problem with an account elsewhere: in our words where we know it. */
export function useProblemText(): (problem: unknown) => string {
  const { t, i18n } = useTranslation();
  const message = useProblemMessage();
  return (problem) => {
    const key = isApiProblem(problem) ? `elsewhere:problem_${problem.code}` : '';
    return i18n.exists(key) ? t(key) : message(problem);
  };
}
