import { isApiProblem } from '@questline/ui-sdk';
import { type ReactNode, Suspense, createContext, lazy, useCallback, useContext, useState } from 'react';
import type { Security } from '../../api/index.ts';

const ProofDialog = lazy(() => import('./ProofDialog.tsx'));

interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
}

type WithProof = <Data>(action: () => PromiseLike<Answer<Data>>) => Promise<Answer<Data>>;

const ProofContext = createContext<WithProof>(async (action) => action());

/** Runs what needs a recent proof of identity: asks for one where the server does, and tries again. */
export function useWithProof(): WithProof {
  return useContext(ProofContext);
}

interface ProofProviderProps {
  readonly security: Security;
  readonly children: ReactNode;
}

/** Lets what is inside ask who is there once more. */
export function ProofProvider({ security, children }: ProofProviderProps): ReactNode {
  const [waiting, setWaiting] = useState<((proved: boolean) => void) | null>(null);
  const withProof = useCallback<WithProof>(async (action) => {
    const answer = await action();
    if (!isApiProblem(answer.error) || answer.error.code !== 'step_up_needed') return answer;
    const proved = await new Promise<boolean>((resolve) => setWaiting(() => resolve));
    setWaiting(null);
    return proved ? action() : {};
  }, []);
  return (
    <ProofContext.Provider value={withProof}>
      {children}
      {waiting !== null && (
        <Suspense fallback={null}>
          <ProofDialog security={security} onDone={waiting} />
        </Suspense>
      )}
    </ProofContext.Provider>
  );
}
