export { HealthEngine } from './engine/health-engine.js';
export { HealthStore } from './engine/health-store.js';
export { Prober } from './engine/prober.js';
export { HealthHistory } from './health.history.js';
export { ClusterGuardResolver, HealthResolver, NodeHealthEventResolver } from './health.resolver.js';
export { HealthService } from './health.service.js';
export { FailoverGuard } from './health.types.js';
export type { ProbeIdentity } from './probe.js';
