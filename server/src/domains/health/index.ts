export { HealthResolver } from './health.resolver.js';
export { HealthService } from './health.service.js';
export { HealthCheck } from './health.types.js';
export type { ProbeIdentity } from './probe.js';
