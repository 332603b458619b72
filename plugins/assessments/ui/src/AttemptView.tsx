import { ErrorState, LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useAssessmentsGetAttemptQuery } from './api.ts';
import { Player } from './Player.tsx';
import { ResultScreen } from './ResultScreen.tsx';

interface AttemptViewProps {
  readonly attemptId: string;
  /** Whether the learner has just begun it. */
  readonly entered: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** An attempt as it stands: the player while it is open, then its result. */
export function AttemptView({ attemptId, entered, busy, error, onRetry }: AttemptViewProps): ReactNode {
  const { currentData: attempt, error: problem, refetch } = useAssessmentsGetAttemptQuery(attemptId);
  const [fresh, setFresh] = useState(false);
  if (attempt === undefined) {
    return problem === undefined ? <LoadingState lines={2} height={160} /> : <ErrorState error={problem} onRetry={() => void refetch()} />;
  }
  if (attempt.result !== null) {
    return <ResultScreen attempt={attempt} result={attempt.result} fresh={fresh} busy={busy} error={error} onRetry={onRetry} />;
  }
  return <Player attempt={attempt} entered={entered} onRefused={() => void refetch()} onSubmitted={() => setFresh(true)} />;
}
