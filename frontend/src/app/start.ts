import { i18n, setLanguage, startI18n, toLanguage } from './i18n/index.ts';
import { followSession } from './live/live.ts';
import { followTheme } from './live/theme.ts';
import { installServiceWorker } from './offline.ts';
import { followPlugins } from './plugins/plugins.ts';
import { watchPlugins } from './plugins/live.ts';
import { releaseGuards } from './session/guards.ts';
import { startSession } from './session/session.ts';
import { previewScheme } from './preview/preview.ts';
import { store } from './store.ts';
import { watchUpdates } from './updates.ts';

function followLocale(): void {
  store.subscribe(() => {
    const locale = store.getState().session.user?.locale;
    if (locale !== undefined && toLanguage(locale) !== i18n.language) void setLanguage(locale);
  });
}

/** Starts texts, session, live stream and plugins; the page can be drawn before the session has answered. */
export async function start(): Promise<void> {
  watchUpdates();
  installServiceWorker();
  await startI18n();
  followLocale();
  followPlugins();
  watchPlugins();
  followTheme();
  if (previewScheme === null) followSession();
  void startSession().then(releaseGuards);
}
