export { currentSamples, type CurrentSamples } from './current-samples.js';
export { MetricHistory } from './history.js';
export { MetricIngest } from './ingest.js';
export { loadTrendLoader } from './metric.loaders.js';
export { NodeHistoryResolver, NodeMetricsResolver } from './metrics.resolver.js';
export { Partitions } from './partitions.js';
export { MetricRollups } from './rollup.js';
