const NEXT = 'questline.next';

/** Leaves for a provider's page, and remembers where on this site to go on afterwards. */
export function leaveFor(url: string, next: string): void {
  globalThis.sessionStorage.setItem(NEXT, next);
  globalThis.location.assign(url);
}

/** Where to go on, once. */
export function takeNext(): string {
  const next = globalThis.sessionStorage.getItem(NEXT) ?? '/';
  globalThis.sessionStorage.removeItem(NEXT);
  return next;
}

/** What a new account is made with. */
export function surroundings(language: string): { readonly locale: string; readonly time_zone: string } {
  return { locale: language, time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}
