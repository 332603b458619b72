import type { ComponentType } from 'react';
import { type RouteObject, createBrowserRouter } from 'react-router';
import { RootLayout } from './RootLayout.tsx';
import { RouteError } from './RouteError.tsx';
import { logInPath, requirePlugins, requireUser, requireVisitor } from './session/guards.ts';
import { readCsrfToken } from './session/tokens.ts';
import { Splash } from './Splash.tsx';
import { store } from './store.ts';

type PageImport = () => Promise<{ readonly default: ComponentType }>;

function page(path: string, load: PageImport, extra: Pick<RouteObject, 'loader'> = {}): RouteObject {
  return { path, ...extra, lazy: async () => ({ Component: (await load()).default }) };
}

const pages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../features/dashboard/DashboardPage.tsx')).default }) },
  page('catalogue', () => import('../features/catalogue/CataloguePage.tsx')),
  page('courses/:slug', () => import('../features/courses/CoursePage.tsx')),
  page('profile', () => import('../features/profile/ProfilePage.tsx')),
  page('settings', () => import('../features/settings/SettingsPage.tsx')),
  page('admin/users', () => import('../features/admin/UsersPage.tsx')),
  page('admin/plugins', () => import('../features/admin/PluginsPage.tsx')),
  page('admin/plugins/:pluginId', () => import('../features/admin/PluginSettingsPage.tsx')),
  page('admin/theme', () => import('../features/admin/ThemePage.tsx')),
  page('x/:pluginId/*', () => import('./plugins/PluginPages.tsx'), { loader: requirePlugins }),
  page('*', () => import('../features/errors/NotFoundPage.tsx')),
];

const routes: RouteObject[] = [
  {
    Component: RootLayout,
    ErrorBoundary: RouteError,
    HydrateFallback: Splash,
    children: [
      page('log-in', () => import('../features/auth/LogInPage.tsx'), { loader: requireVisitor }),
      page('sign-up', () => import('../features/auth/SignUpPage.tsx'), { loader: requireVisitor }),
      page('lessons/:lessonId', () => import('../features/player/LessonPage.tsx'), { loader: requireUser }),
      {
        loader: requireUser,
        lazy: async () => ({ Component: (await import('../features/shell/AppShell.tsx')).default }),
        children: [{ ErrorBoundary: RouteError, children: pages }],
      },
    ],
  },
];

const VISITORS = /^\/(?:log-in|sign-up)\/?$/u;

/** Sends somebody who is surely not signed in to the log-in page at once, before any page of users is fetched. */
function skipUserPages(): void {
  const { pathname, search } = globalThis.location;
  if (readCsrfToken() === '' && !VISITORS.test(pathname)) {
    globalThis.history.replaceState(null, '', logInPath(pathname + search));
  }
}

type Router = ReturnType<typeof createBrowserRouter>;

/** Runs the guards again when the session ends, so that no page of users stays open. */
function leaveWithSession(router: Router): void {
  let signedIn = false;
  store.subscribe(() => {
    const now = store.getState().session.status === 'signed_in';
    if (signedIn && !now) void router.revalidate();
    signedIn = now;
  });
}

/** Makes the router of the application. */
export function makeRouter(): Router {
  skipUserPages();
  const router = createBrowserRouter(routes);
  leaveWithSession(router);
  return router;
}
