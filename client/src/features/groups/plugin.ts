import { Boxes } from 'lucide-react';
import { lazy } from 'react';
import { translate } from '../../i18n';
import { API_VERSION, definePlugin } from '../../plugin';

export const groups = definePlugin({
  id: 'groups',
  version: '1.0.0',
  apiVersion: API_VERSION,
  routes: [
    { path: '/groups', component: lazy(() => import('./group-list-page')), title: () => translate('groups.title') },
    { path: '/groups/:id', component: lazy(() => import('./group-page')), title: () => translate('groups.one') },
  ],
  navItems: [
    {
      to: '/groups',
      label: () => translate('groups.title'),
      icon: Boxes,
      section: 'cluster',
      order: 20,
      goKey: 'g',
    },
  ],
  commands: [
    {
      id: 'add-group',
      label: () => translate('groups.add'),
      icon: Boxes,
      run: ({ navigate }) => navigate('/groups?add'),
    },
  ],
});
