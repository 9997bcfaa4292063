import { createBrowserRouter, Navigate, Outlet, type RouteObject, useLocation, useSearchParams } from 'react-router';
import { useSession } from '../graphql/session';
import { type Registry, Slot, useRegistry } from '../plugin';
import { Layout } from './layout';
import { NotFound } from './not-found';
import { PageSkeleton } from './page-skeleton';
import { SIGN_IN_PATH } from './paths';

export function createRouter({ routes }: Registry) {
  const toRoute = ({ path, component: Component, title, pluginId }: Registry['routes'][number]): RouteObject => ({
    path,
    element: (
      <Slot name={`${title()} (${pluginId})`} resetKey={path} fallback={<PageSkeleton />}>
        <Component />
      </Slot>
    ),
  });
  return createBrowserRouter([
    { element: <ForGuests />, children: routes.filter(({ layout }) => layout === 'bare').map(toRoute) },
    {
      element: <ForMembers />,
      children: [
        { index: true, element: <Home /> },
        ...routes.filter(({ layout }) => layout !== 'bare').map(toRoute),
        { path: '*', element: <NotFound /> },
      ],
    },
  ]);
}

function Home() {
  const first = useRegistry().navItems[0];
  return first ? <Navigate to={first.to} replace /> : <NotFound />;
}

function ForMembers() {
  const { pathname, search } = useLocation();
  if (useSession().state === 'signed-in') return <Layout />;
  const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
  return <Navigate to={SIGN_IN_PATH + next} replace />;
}

function ForGuests() {
  const [params] = useSearchParams();
  if (useSession().state === 'signed-in') return <Navigate to={ownPath(params.get('next'))} replace />;
  return <Outlet />;
}

/** Only a path of this panel: `next` comes from the address bar. */
export function ownPath(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
