/** Goes to a page outside the app, such as a provider's; a way of its own so that it can be told where none is. */
export function leave(url: string): void {
  globalThis.location.assign(url);
}
