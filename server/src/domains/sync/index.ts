export { ConfigChanges, type ChangeOf, type Touched } from './config-changes.js';
export { ClusterSyncResolver, NodeSyncResolver, SyncResolver } from './sync.resolver.js';
export { SyncService, syncStatusLoader } from './sync.service.js';
export { SyncState, SyncStatus } from './sync.types.js';
