import { Button } from '@mui/material';
import { EmptyState, ErrorState, isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import NotFoundPage from '../errors/NotFoundPage.tsx';

const LOCK_PATH =
  'M18 8h-1V6A5 5 0 0 0 7 6v2H6a2 2 0 0 0-2 2v10c0 1.1.9 2 2 2h12a2 2 0 0 0 2-2V10a2 2 0 0 0-2-2M9 6a3 3 0 0 1 6 0v2H9zm3 11a2 2 0 1 1 0-4 2 2 0 0 1 0 4';

interface LessonProblemProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** Why a lesson cannot be shown: it is gone, it needs an enrolment, or it could not be fetched. */
export function LessonProblem({ error, onRetry }: LessonProblemProps): ReactNode {
  const { t } = useTranslation();
  const message = useProblemMessage();
  if (!isApiProblem(error)) return <ErrorState error={error} onRetry={onRetry} />;
  if (error.status === 404) return <NotFoundPage />;
  if (error.status === 403 || error.code === 'not_enrolled') {
    return (
      <EmptyState
        role="alert"
        icon={LOCK_PATH}
        title={t('player.locked')}
        description={message(error)}
        action={
          <Button href="/catalogue" variant="contained">
            {t('errors.courses')}
          </Button>
        }
      />
    );
  }
  return <ErrorState error={error} onRetry={onRetry} />;
}
