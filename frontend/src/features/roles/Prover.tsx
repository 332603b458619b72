import type { ReactNode } from 'react';
import { useGetSecurityQuery } from '../../api/index.ts';
import { ProofProvider } from '../security/ProofProvider.tsx';
import '../security/texts.ts';

/** Lets the page inside ask who is there once more, where the server does. */
export function Prover({ children }: { readonly children: ReactNode }): ReactNode {
  const { data } = useGetSecurityQuery();
  if (data === undefined) return children;
  return <ProofProvider security={data}>{children}</ProofProvider>;
}
