import { lazy } from 'react';
import { translate } from '../../i18n';
import { API_VERSION, definePlugin } from '../../plugin';

export const auth = definePlugin({
  id: 'auth',
  version: '1.0.0',
  apiVersion: API_VERSION,
  routes: [
    {
      path: '/sign-in',
      component: lazy(() => import('./sign-in-page')),
      title: () => translate('auth.title'),
      layout: 'bare',
    },
  ],
});
