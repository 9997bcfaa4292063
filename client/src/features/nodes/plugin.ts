import { Plus, Server } from 'lucide-react';
import { lazy } from 'react';
import { translate } from '../../i18n';
import { API_VERSION, definePlugin } from '../../plugin';
import { useNodeCount } from './use-node-count';
import { useNodeSearch } from './use-node-search';

const card = (name: 'OnlineNodes' | 'Connections' | 'Download' | 'Upload' | 'OnlineUsers') =>
  lazy(async () => ({ default: (await import('./list/kpi-cards'))[name] }));

export const nodes = definePlugin({
  id: 'nodes',
  version: '1.0.0',
  apiVersion: API_VERSION,
  routes: [
    { path: '/nodes', component: lazy(() => import('./list/node-list-page')), title: () => translate('nodes.title') },
    {
      path: '/nodes/:id/:tab?',
      component: lazy(() => import('./page/node-page')),
      title: () => translate('nodes.columns.node'),
    },
  ],
  navItems: [
    {
      to: '/nodes',
      label: () => translate('nodes.title'),
      icon: Server,
      section: 'cluster',
      order: 10,
      priority: 40,
      goKey: 'n',
      useCount: useNodeCount,
    },
  ],
  nodeTabs: [
    {
      id: 'overview',
      label: () => translate('overview.title'),
      order: 10,
      component: lazy(() => import('./page/overview-tab')),
    },
    {
      id: 'logs',
      label: () => translate('logs.title'),
      order: 20,
      fill: true,
      component: lazy(() => import('./page/logs-tab')),
    },
    {
      id: 'commands',
      label: () => translate('history.title'),
      order: 30,
      component: lazy(() => import('./page/commands-tab')),
    },
    {
      id: 'checks',
      label: () => translate('checks.title'),
      order: 40,
      component: lazy(() => import('./page/checks-tab')),
    },
  ],
  dashboardCards: [
    { id: 'online', title: () => translate('kpi.online'), order: 10, component: card('OnlineNodes') },
    { id: 'connections', title: () => translate('kpi.connections'), order: 20, component: card('Connections') },
    { id: 'download', title: () => translate('kpi.download'), order: 30, component: card('Download') },
    { id: 'upload', title: () => translate('kpi.upload'), order: 40, component: card('Upload') },
    { id: 'users', title: () => translate('kpi.users'), order: 50, component: card('OnlineUsers') },
  ],
  commands: [
    {
      id: 'add-node',
      label: () => translate('nodes.add'),
      icon: Plus,
      run: ({ navigate }) => navigate('/nodes?add'),
    },
  ],
  searches: [{ id: 'nodes', heading: () => translate('palette.nodes'), useResults: useNodeSearch }],
});
