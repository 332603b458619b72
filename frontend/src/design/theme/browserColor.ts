/** Gives the browser's own bar the colour of the page, whatever the theme and the scheme. */
export function paintBrowser(): void {
  const background = getComputedStyle(document.documentElement).getPropertyValue('--ql-color-background').trim();
  if (background === '') return;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) meta.content = background;
}

/** Paints it now, and again whenever the scheme changes; returns how to stop that. */
export function keepBrowserPainted(): () => void {
  paintBrowser();
  const observer = new MutationObserver(paintBrowser);
  observer.observe(document.documentElement, { attributeFilter: ['data-color-scheme'] });
  return () => observer.disconnect();
}
