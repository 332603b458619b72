import { useCallback } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { nextPath } from '../../app/session/guards.ts';
import { openSession } from '../../app/session/session.ts';
import type { SessionAnswer } from '../../app/session/tokens.ts';

/** Takes over a session that was opened, and leads on to where its user wanted to go. */
export function useEntry(): (answer: SessionAnswer) => Promise<void> {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return useCallback(
    async (answer) => {
      await openSession(answer);
      await navigate(answer.must_enrol === true ? '/security' : nextPath(search), { replace: true });
    },
    [navigate, search],
  );
}
