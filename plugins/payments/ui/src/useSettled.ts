import { useRootDispatch } from '@questline/ui-sdk';
import { useEffect, useRef, useState } from 'react';
import { HELD_TAGS, invalidateTags, usePaymentsCheckOrderMutation, usePaymentsGetOrderQuery } from './api.ts';
import type { Order } from './types.ts';

const EVERY = 2000;
const LONGEST = 5 * 60_000;

interface Settled {
  readonly order: Order | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
  /** Whether the page still looks by itself. */
  readonly looking: boolean;
  readonly look: () => void;
}

/** An order that is followed while it is open: the provider is asked once, then the server again and again for a while. */
export function useSettled(id: string): Settled {
  const [tired, setTired] = useState(false);
  const { currentData: order, error, refetch } = usePaymentsGetOrderQuery(id);
  const open = order?.state === 'open';
  usePaymentsGetOrderQuery(id, { pollingInterval: EVERY, skip: !open || tired });
  const [check] = usePaymentsCheckOrderMutation();
  const dispatch = useRootDispatch();
  const asked = useRef<string>(undefined);
  const waited = useRef(false);
  const state = order?.state;
  useEffect(() => {
    if (state === 'open') {
      waited.current = true;
      if (asked.current !== id) {
        asked.current = id;
        void check(id);
      }
    } else if (state !== undefined && waited.current) {
      waited.current = false;
      dispatch(invalidateTags([...HELD_TAGS]));
    }
  }, [state, id, check, dispatch]);
  useEffect(() => {
    if (!open || tired) return undefined;
    const timer = setTimeout(() => setTired(true), LONGEST);
    return () => clearTimeout(timer);
  }, [open, tired]);
  const look = (): void => {
    setTired(false);
    void check(id);
  };
  return { order, error, refetch, looking: open && !tired, look };
}
