import type { createBrowserRouter } from 'react-router';
import { cachedApi } from '../../api/index.ts';
import { loadFonts } from '../../design/theme/fonts.ts';
import { store } from '../store.ts';
import { type PreviewDraft, type Scheme, type Variables, receivePreview, sendPreview } from './protocol.ts';

const PATIENCE_MS = 3000;

const sheet = new CSSStyleSheet();
const loaded = new Set<string>();

function fill(rule: CSSRule | undefined, variables: Variables): void {
  if (!(rule instanceof CSSStyleRule)) return;
  rule.style.cssText = '';
  for (const [name, value] of Object.entries(variables)) rule.style.setProperty(name, value);
}

let wanted: Scheme | null = null;

/** MUI sets the scheme that the frame began with when it starts; the editor's word is the last one. */
function keepScheme(): void {
  const root = document.documentElement;
  if (wanted !== null && root.dataset.colorScheme !== wanted) root.dataset.colorScheme = wanted;
}

function applyLook({ variables, scheme, fonts }: PreviewDraft): void {
  fill(sheet.cssRules[0], variables.light);
  fill(sheet.cssRules[1], variables.dark);
  wanted = scheme;
  keepScheme();
  for (const base of fonts.filter((each) => !loaded.has(each))) {
    loaded.add(base);
    loadFonts(base).catch(reportError);
  }
}

/** Puts the draft's name, logo and texts where the site's own would be. */
function applyBrand({ siteName, logoUrl, strings }: PreviewDraft): void {
  const state = store.getState();
  const site = cachedApi.endpoints.getSite.select()(state).data;
  const theme = cachedApi.endpoints.getTheme.select()(state).data;
  if (site !== undefined && site.name !== siteName) {
    void store.dispatch(cachedApi.util.upsertQueryData('getSite', undefined, { ...site, name: siteName }));
  }
  if (theme !== undefined) {
    void store.dispatch(
      cachedApi.util.upsertQueryData('getTheme', undefined, {
        ...theme,
        logo_url: logoUrl,
        strings,
      }),
    );
  }
}

/** Shows the theme editor's draft in this frame from the first paint on, and follows what the editor asks for. */
export async function showDraft(router: ReturnType<typeof createBrowserRouter>): Promise<void> {
  sheet.replaceSync(':root {} [data-color-scheme="dark"] {}');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  new MutationObserver(keepScheme).observe(document.documentElement, { attributeFilter: ['data-color-scheme'] });
  await Promise.allSettled([
    store.dispatch(cachedApi.endpoints.getSite.initiate()),
    store.dispatch(cachedApi.endpoints.getTheme.initiate()),
  ]);
  await new Promise<void>((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
    receivePreview(
      () => globalThis.parent,
      (message) => {
        if (message.type === 'questline.preview.draft') {
          applyLook(message);
          applyBrand(message);
          resolve();
        } else if (message.type === 'questline.preview.open') void router.navigate(message.path);
      },
    );
    sendPreview(globalThis.parent, { type: 'questline.preview.ready' });
  });
}
