export { ClusterService } from './cluster.service.js';
export { Node } from './node.entity.js';
export { MetricPoint } from './metric-point.js';
export { NodeHealth, NodeMode, NodeStatus, XrayState } from './node.enums.js';
export { nodeLoader } from './node.loaders.js';
export { ClusterResolver, NodeChangedEventResolver, NodeResolver } from './node.resolver.js';
export { isUuid, NodeService, type ConnectionCheck, type IssuedToken, type JoinTokenIssuer } from './node.service.js';
export { NodeStatusRow } from './node-status.entity.js';
