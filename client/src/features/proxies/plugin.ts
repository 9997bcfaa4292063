import { Plus, Waypoints } from 'lucide-react';
import { lazy } from 'react';
import { translate } from '../../i18n';
import { API_VERSION, definePlugin } from '../../plugin';
import { useProxySearch } from './use-proxy-search';

export const proxies = definePlugin({
  id: 'proxies',
  version: '1.0.0',
  apiVersion: API_VERSION,
  routes: [
    {
      path: '/proxies',
      component: lazy(() => import('./list/proxy-list-page')),
      title: () => translate('proxies.title'),
    },
    {
      path: '/proxies/new',
      component: lazy(() => import('./page/new-proxy-page')),
      title: () => translate('proxies.add'),
    },
    {
      path: '/proxies/:id',
      component: lazy(() => import('./page/proxy-page')),
      title: () => translate('proxies.title'),
    },
  ],
  navItems: [
    {
      to: '/proxies',
      label: () => translate('proxies.title'),
      icon: Waypoints,
      section: 'cluster',
      order: 40,
      priority: 20,
      goKey: 'p',
    },
  ],
  commands: [
    {
      id: 'add-proxy',
      label: () => translate('proxies.add'),
      icon: Plus,
      run: ({ navigate }) => navigate('/proxies/new'),
    },
  ],
  searches: [{ id: 'proxies', heading: () => translate('proxies.title'), useResults: useProxySearch }],
});
