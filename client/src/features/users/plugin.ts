import { Upload, UserPlus, Users } from 'lucide-react';
import { lazy } from 'react';
import { translate } from '../../i18n';
import { API_VERSION, definePlugin } from '../../plugin';
import { useUserCount } from './use-user-count';
import { useUserSearch } from './use-user-search';

export const users = definePlugin({
  id: 'users',
  version: '1.0.0',
  apiVersion: API_VERSION,
  routes: [
    { path: '/users', component: lazy(() => import('./list/user-list-page')), title: () => translate('users.title') },
    {
      path: '/users/import',
      component: lazy(() => import('./import/import-page')),
      title: () => translate('import.title'),
    },
    {
      path: '/users/:id',
      component: lazy(() => import('./page/user-page')),
      title: () => translate('users.columns.user'),
    },
  ],
  navItems: [
    {
      to: '/users',
      label: () => translate('users.title'),
      icon: Users,
      section: 'cluster',
      order: 30,
      priority: 30,
      goKey: 'u',
      useCount: useUserCount,
    },
  ],
  nodeTabs: [
    {
      id: 'users',
      label: () => translate('users.title'),
      order: 15,
      fill: true,
      component: lazy(() => import('./node-users-tab')),
    },
  ],
  commands: [
    {
      id: 'add-user',
      label: () => translate('users.add'),
      icon: UserPlus,
      run: ({ navigate }) => navigate('/users?add'),
    },
    {
      id: 'import-users',
      label: () => translate('import.title'),
      icon: Upload,
      run: ({ navigate }) => navigate('/users/import'),
    },
  ],
  searches: [{ id: 'users', heading: () => translate('users.title'), icon: Users, useResults: useUserSearch }],
});
