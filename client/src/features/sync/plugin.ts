import { RefreshCw } from 'lucide-react';
import { lazy } from 'react';
import { translate } from '../../i18n';
import { API_VERSION, definePlugin } from '../../plugin';

export const sync = definePlugin({
  id: 'sync',
  version: '1.0.0',
  apiVersion: API_VERSION,
  routes: [
    {
      path: '/sync',
      component: lazy(() => import('./sync-page')),
      title: () => translate('sync.title'),
    },
  ],
  navItems: [
    {
      to: '/sync',
      label: () => translate('sync.title'),
      icon: RefreshCw,
      section: 'operate',
      order: 50,
      priority: 10,
      goKey: 'y',
    },
  ],
  nodeTabs: [
    {
      id: 'configuration',
      label: () => translate('configuration.title'),
      order: 50,
      component: lazy(() => import('./configuration-tab')),
    },
  ],
  commands: [
    {
      id: 'failed-syncs',
      label: () => translate('sync.showFailed'),
      icon: RefreshCw,
      run: ({ navigate }) => navigate('/sync?state=failed'),
    },
  ],
});
