/** Why the whole site is closed to everybody. */
export type Closed = 'tenant_suspended' | 'tenant_deleted';

const CODES: readonly unknown[] = ['tenant_suspended', 'tenant_deleted'] satisfies Closed[];

let present: Closed | null = null;
const listeners = new Set<() => void>();

function isClosed(code: unknown): code is Closed {
  return CODES.includes(code);
}

function set(next: Closed | null): void {
  if (next === present) return;
  present = next;
  for (const listener of listeners) listener();
}

/** Why the site is closed; null where it is open, as far as is known. */
export function getClosed(): Closed | null {
  return present;
}

/** Calls back at each change. */
export function onClosed(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Notes from an answer of the API whether the site is open, and hands the answer on. */
export async function noteClosed(response: Response): Promise<Response> {
  if (response.ok) set(null);
  else if (response.status === 403) {
    const problem: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    if (typeof problem === 'object' && problem !== null && 'code' in problem && isClosed(problem.code)) set(problem.code);
  }
  return response;
}
