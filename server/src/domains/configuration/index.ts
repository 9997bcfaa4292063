export { ConfigViews } from './config-views.js';
export { NodeConfigResolver } from './configuration.resolver.js';
export { DesiredConfigs } from './desired-configs.js';
export { markForNewBuilder } from './builder-version.js';
export { NodeSyncStore } from './node-sync.store.js';
export { Reconciler } from './reconciler.js';
