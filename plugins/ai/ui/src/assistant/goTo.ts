/** Shows a block of the open lesson: scrolls to it, gives it the focus and marks it for a moment. */
export function goToBlock(id: string): void {
  const block = document.querySelector<HTMLElement>(`[data-block="${CSS.escape(id)}"]`);
  if (block === null) return;
  const calm = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches;
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  block.scrollIntoView({ block: 'start', behavior: calm ? 'instant' : 'smooth' });
  block.animate(
    [{ background: 'var(--ql-color-primary-soft)', boxShadow: '0 0 0 12px var(--ql-color-primary-soft)' }, { background: 'transparent', boxShadow: '0 0 0 12px transparent' }],
    { duration: 2400, easing: 'ease-in' },
  );
}
