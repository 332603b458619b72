import type { ComponentType } from 'react';
import { type RouteObject, createBrowserRouter } from 'react-router';
import { RootLayout } from './RootLayout.tsx';
import { RouteError } from './RouteError.tsx';
import { awaitStart, logInPath, requirePlugins, requireUser, requireVisitor } from './session/guards.ts';
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
  page('security', () => import('../features/security/SecurityPage.tsx')),
  page('privacy', () => import('../features/privacy/PrivacyPage.tsx')),
  page('settings', () => import('../features/settings/SettingsPage.tsx')),
  page('admin/users', () => import('../features/people/PeoplePage.tsx')),
  page('admin/users/import', () => import('../features/people/ImportPage.tsx')),
  page('admin/users/:userId', () => import('../features/people/PersonPage.tsx')),
  page('admin/groups', () => import('../features/groups/GroupsPage.tsx')),
  page('admin/groups/:groupId', () => import('../features/groups/GroupPage.tsx')),
  page('admin/users/:userId/access', () => import('../features/roles/AccessPage.tsx')),
  page('admin/roles', () => import('../features/roles/RolesPage.tsx')),
  page('admin/roles/new', () => import('../features/roles/RolePage.tsx')),
  page('admin/roles/compare', () => import('../features/roles/ComparePage.tsx')),
  page('admin/roles/:slug', () => import('../features/roles/RolePage.tsx')),
  page('admin/grants', () => import('../features/roles/GrantsPage.tsx')),
  page('admin/keys', () => import('../features/keys/KeysPage.tsx')),
  page('admin/service-accounts/:accountId', () => import('../features/keys/ServiceAccountPage.tsx')),
  page('admin/sign-in', () => import('../features/access/SignInSettingsPage.tsx')),
  page('admin/invitations', () => import('../features/access/InvitationsPage.tsx')),
  page('admin/privacy', () => import('../features/privacy/PrivacyConsolePage.tsx')),
  page('admin/webhooks', () => import('../features/webhooks/WebhooksPage.tsx')),
  page('admin/webhooks/:webhookId', () => import('../features/webhooks/WebhookPage.tsx')),
  page('admin/edge', () => import('../features/webhooks/EdgePage.tsx')),
  page('admin/domains', () => import('../features/tenant/DomainsPage.tsx')),
  page('admin/limits', () => import('../features/tenant/LimitsPage.tsx')),
  page('admin/plugins', () => import('../features/extensions/ExtensionsPage.tsx')),
  page('admin/plugins/:pluginId', () => import('../features/extensions/PluginPage.tsx')),
  page('admin/packs/:packId', () => import('../features/extensions/PackPage.tsx')),
  page('admin/audit', () => import('../features/audit/AuditPage.tsx')),
  page('admin/theme', () => import('../features/admin/ThemePage.tsx')),
  page('admin/theme/edit', () => import('../features/theming/ThemeEditorPage.tsx')),
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
      page('log-in/with/:provider', () => import('../features/elsewhere/ComeBackPage.tsx'), { loader: awaitStart }),
      page('sign-up', () => import('../features/auth/SignUpPage.tsx'), { loader: requireVisitor }),
      page('forgot-password', () => import('../features/auth/ForgotPasswordPage.tsx')),
      page('reset-password', () => import('../features/auth/ResetPasswordPage.tsx')),
      page('confirm', () => import('../features/auth/ConfirmPage.tsx')),
      page('invitation', () => import('../features/auth/InvitationPage.tsx')),
      page('parent', () => import('../features/privacy/ParentPage.tsx')),
      page('agree', () => import('../features/privacy/ConsentGatePage.tsx'), { loader: requireUser }),
      page('lessons/:lessonId', () => import('../features/player/LessonPage.tsx'), { loader: requireUser }),
      {
        loader: requireUser,
        lazy: async () => ({ Component: (await import('../features/shell/AppShell.tsx')).default }),
        children: [{ ErrorBoundary: RouteError, children: pages }],
      },
    ],
  },
];

const VISITORS = /^\/(?:log-in(?:\/with\/[^/]+)?|sign-up|forgot-password|reset-password|confirm|invitation|parent)\/?$/u;

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
