import { ThemeProvider, createTheme } from '@mui/material/styles';
import { type EnhancedStore, combineSlices, configureStore } from '@reduxjs/toolkit';
import { type RenderResult, render } from '@testing-library/react';
import { createInstance } from 'i18next';
import type { ReactNode } from 'react';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { Provider } from 'react-redux';
import { MemoryRouter } from 'react-router';
import { api } from '../api.ts';
import type { Celebration, Notice } from '../celebration.ts';
import type { PluginDefinition } from '../plugin.ts';
import { de, en } from '../resources.ts';
import { HostContext, type LiveHandler, type PluginManifest } from '../services.ts';
import { type User, sessionSlice } from '../session.ts';
import { setTransport } from '../transport.ts';

const LEARNER: User = {
  id: '01900000-0000-7000-8000-000000000001',
  email: 'ada@example.org',
  display_name: 'Ada',
  role: 'learner',
  locale: 'en',
  time_zone: 'UTC',
  avatar_url: null,
  permissions: [],
  created_at: '2026-01-01T00:00:00Z',
};

/** How the host around the tested part looks. */
export interface HostOptions {
  /** The signed-in user; a learner named Ada when left out. */
  readonly user?: Partial<User> | null;
  /**
   * Answers by method and path, `'GET /api/v1/p/points/me': {balance: 3}`.
   *
   * A function is called with the request's body; a `Response` is passed on as it is; what is not listed is a 404.
   */
  readonly answers?: Readonly<Record<string, unknown>>;
  /** The plugin under test: its id and its definition, so that its texts and slices are there. */
  readonly plugin?: { readonly manifest: Partial<PluginManifest> & { readonly id: string }; readonly definition: PluginDefinition };
  readonly language?: string;
  /** Address the router starts at. */
  readonly at?: string;
}

/** What `renderInHost` gives besides Testing Library's result. */
export interface HostResult extends RenderResult {
  readonly store: EnhancedStore;
  /** Everything that was asked of the API: `GET /api/v1/...` and the body. */
  readonly requests: readonly { readonly call: string; readonly body: unknown }[];
  readonly celebrations: readonly Celebration[];
  readonly notices: readonly Notice[];
  /** Sends a live message. */
  emit(topic: string, payload: unknown): void;
}

async function readBody(request: Request): Promise<unknown> {
  const text = await request.text();
  return text === '' ? undefined : JSON.parse(text);
}

/** A promise whose value React reads at once, so that tests need not wait for a fallback to go. */
function arrived<Value>(value: Value): Promise<Value> {
  return Object.assign(Promise.resolve(value), { status: 'fulfilled', value });
}

/** Renders a part of a plugin as the host would, with the API answering from `answers`. */
export function renderInHost(ui: ReactNode, options: HostOptions = {}): HostResult {
  const requests: { call: string; body: unknown }[] = [];
  const celebrations: Celebration[] = [];
  const notices: Notice[] = [];
  const handlers = new Set<{ topic: string; handler: LiveHandler }>();
  setTransport(async (request) => {
    const url = new URL(request.url);
    const call = `${request.method} ${url.pathname}`;
    const body = await readBody(request);
    requests.push({ call: `${call}${url.search}`, body });
    const listed = options.answers?.[`${call}${url.search}`] ?? options.answers?.[call];
    const answer: unknown = typeof listed === 'function' ? await listed(body) : listed;
    if (answer instanceof Response) return answer.clone();
    return answer === undefined
      ? Response.json({ status: 404, code: 'http_404', title: 'Not found' }, { status: 404 })
      : Response.json(answer);
  });

  const { plugin, language = 'en' } = options;
  const i18n = createInstance();
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'host',
    initAsync: false,
    interpolation: { escapeValue: false },
    resources: { en: { sdk: en }, de: { sdk: de } },
  });
  for (const [code, messages] of Object.entries(plugin?.definition.resources ?? {})) {
    i18n.addResourceBundle(code, plugin?.manifest.id ?? 'plugin', messages);
  }

  const reducer = combineSlices(api, sessionSlice, plugin?.definition.slices ?? {});
  const store = configureStore({ reducer, middleware: (defaults) => defaults().concat(api.middleware) });
  store.dispatch(api.util.resetApiState());
  store.dispatch(
    options.user === null ? sessionSlice.actions.signedOut() : sessionSlice.actions.signedIn({ ...LEARNER, ...options.user }),
  );

  const manifests: PluginManifest[] = plugin
    ? [{ version: '0.1.0', title: plugin.manifest.id, entry: '', css: [], integrity: null, sdk: '>=0.1,<0.2', contributions: {}, ...plugin.manifest }]
    : [];
  const loaded = arrived(plugin?.definition ?? { views: {} });
  const services = {
    site: { name: 'Test site', slug: 'test', sign_up: 'open', sends_mail: true, theme: 'aurora', sign_in_with: [], version: '0.1.0' } as const,
    live: {
      subscribe: (topic: string, handler: LiveHandler) => {
        const entry = { topic, handler };
        handlers.add(entry);
        return () => void handlers.delete(entry);
      },
    },
    plugins: { subscribe: () => () => undefined, getSnapshot: () => manifests, load: () => loaded, retry: () => undefined },
    notify: (notice: Notice) => void notices.push(notice),
    celebrate: (celebration: Celebration) => void celebrations.push(celebration),
  };

  const result = render(
    <Provider store={store}>
      <I18nextProvider i18n={i18n}>
        <ThemeProvider theme={createTheme({ cssVariables: true })}>
          <HostContext value={services}>
            <MemoryRouter initialEntries={[options.at ?? '/']}>{ui}</MemoryRouter>
          </HostContext>
        </ThemeProvider>
      </I18nextProvider>
    </Provider>,
  );
  const emit = (topic: string, payload: unknown): void => {
    for (const entry of handlers) if (entry.topic === topic) entry.handler(payload);
  };
  return { ...result, store, requests, celebrations, notices, emit };
}
