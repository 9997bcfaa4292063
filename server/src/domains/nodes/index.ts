export { ClusterService } from './cluster.service.js';
export { Cluster, NodeConnection } from './node.types.js';
export { Location, Node } from './node.entity.js';
export { ChangeKind, OrderDirection } from './node.enums.js';
export { LocationInput } from './node.inputs.js';
export { MetricPoint } from './metric-point.js';
export { NodeHealth, NodeMode, NodeStatus, XrayState } from './node.enums.js';
export { nodeLoader } from './node.loaders.js';
export { ClusterResolver, NodeChangedEventResolver, NodeResolver } from './node.resolver.js';
export { isUuid } from './node-id.js';
export {
  NodeService,
  type ConnectionCheck,
  type IssuedToken,
  type JoinTokenIssuer,
  type NodeMemberships,
  type NodeObserver,
} from './node.service.js';
export { NodeStatusRow } from './node-status.entity.js';
export { validateLocation } from './node.validation.js';
