import { Settings } from 'lucide-react';
import { lazy } from 'react';
import { translate } from '../../i18n';
import { API_VERSION, definePlugin } from '../../plugin';

export const settings = definePlugin({
  id: 'settings',
  version: '1.0.0',
  apiVersion: API_VERSION,
  routes: [
    {
      path: '/settings',
      component: lazy(() => import('./settings-page')),
      title: () => translate('settings.title'),
    },
  ],
  navItems: [
    {
      to: '/settings',
      label: () => translate('settings.title'),
      icon: Settings,
      section: 'administer',
      order: 90,
      goKey: 's',
    },
  ],
});
