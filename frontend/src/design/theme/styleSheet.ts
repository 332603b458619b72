import { paintBrowser } from './browserColor.ts';

/** Fetches the tenant's style sheet again, after its theme has changed, and swaps it in once it has arrived. */
export function replaceStyleSheet(version: string): Promise<void> {
  const old = document.querySelector<HTMLLinkElement>('link[data-theme]');
  if (old === null) return Promise.resolve();
  const next = old.cloneNode() as HTMLLinkElement;
  const url = new URL(old.href);
  url.searchParams.set('theme', version);
  next.href = url.href;
  return new Promise((resolve) => {
    const finish = (remove: HTMLLinkElement): void => {
      remove.remove();
      paintBrowser();
      resolve();
    };
    next.addEventListener('load', () => finish(old));
    next.addEventListener('error', () => finish(next));
    old.after(next);
  });
}
