/** Who acts for the signed-in user in this browser. */
export interface Impersonation {
  readonly by: string;
  readonly reason: string;
  readonly until: string;
}

let present: Impersonation | null = null;
const listeners = new Set<() => void>();

/** Who acts for the user now; null where they act themselves. */
export function getImpersonation(): Impersonation | null {
  return present;
}

/** Notes what the server says of it with each session it gives. */
export function setImpersonation(next: Impersonation | null): void {
  if (next?.by === present?.by && next?.until === present?.until) return;
  present = next;
  for (const listener of listeners) listener();
}

/** Calls back at each change. */
export function onImpersonation(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
