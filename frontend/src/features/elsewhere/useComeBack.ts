import { useNotify } from '@questline/ui-sdk';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate, useParams } from 'react-router';
import {
  type ProviderReturn,
  useCompleteLinkMutation,
  useCompleteProofElsewhereMutation,
  useCompleteSignInMutation,
} from '../../api/account/index.ts';
import type { SecondFactorNeeded } from '../../api/index.ts';
import { useEntry } from '../auth/useEntry.ts';
import { takeNext } from './goingAway.ts';

interface ComeBack {
  readonly provider: string;
  /** What the way was begun for, as the first word of its state says. */
  readonly purpose: string;
  readonly needed: SecondFactorNeeded | null;
  readonly error: unknown;
}

/** What the provider put into the address: a query, or a fragment where it posted a form. */
function readReturn(search: string, hash: string): ProviderReturn {
  const posted = new URLSearchParams(hash.slice(1));
  const answer = posted.get('answer');
  if (answer !== null) return { state: posted.get('state') ?? '-', answer };
  const parameters = Object.fromEntries(new URLSearchParams(search));
  return { state: parameters.state ?? '-', parameters };
}

/** Ends the way to a provider: logs in, links an account or proves who is there, and goes on from here. */
export function useComeBack(): ComeBack {
  const { t } = useTranslation();
  const { provider = '' } = useParams();
  const { search, hash } = useLocation();
  const navigate = useNavigate();
  const notify = useNotify();
  const enter = useEntry();
  const begun = useRef(false);
  const latestEnter = useRef(enter);
  const [brought] = useState(() => readReturn(search, hash));
  const [needed, setNeeded] = useState<SecondFactorNeeded | null>(null);
  const [signIn, signedIn] = useCompleteSignInMutation();
  const [link, linked] = useCompleteLinkMutation();
  const [prove, proved] = useCompleteProofElsewhereMutation();
  const purpose = brought.state.split('.')[0] ?? '';
  useEffect(() => {
    latestEnter.current = enter;
  }, [enter]);
  useEffect(() => {
    const complete = async (): Promise<void> => {
      const next = takeNext();
      // The address holds what nobody should send on or come back to.
      await navigate(`/log-in/with/${provider}?next=${encodeURIComponent(next)}`, { replace: true });
      const argument = { provider, providerReturn: brought };
      if (purpose === 'link' || purpose === 'prove') {
        const { error } = purpose === 'link' ? await link(argument) : await prove(argument);
        if (error !== undefined) return;
        notify({ message: t(purpose === 'link' ? 'elsewhere:connected' : 'elsewhere:proved'), severity: 'success' });
        await navigate(next, { replace: true });
        return;
      }
      const { data } = await signIn(argument);
      if (data === undefined) return;
      if ('ticket' in data) setNeeded(data);
      else await latestEnter.current(data);
    };
    if (begun.current) return;
    begun.current = true;
    void complete();
  }, [brought, link, navigate, notify, provider, prove, purpose, signIn, t]);
  return { provider, purpose, needed, error: signedIn.error ?? linked.error ?? proved.error };
}
