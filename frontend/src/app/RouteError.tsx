import { type ReactNode, Suspense, lazy } from 'react';
import { useRouteError } from 'react-router';

const ErrorPage = lazy(() => import('../features/errors/ErrorPage.tsx'));

/** What is shown in place of a page that failed. */
export function RouteError(): ReactNode {
  const error = useRouteError();
  return (
    <Suspense fallback={null}>
      <ErrorPage error={error} />
    </Suspense>
  );
}
