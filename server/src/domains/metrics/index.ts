export { currentSamples, type CurrentSamples } from './current-samples.js';
export { MetricHistory } from './history.js';
export { MetricIngest } from './ingest.js';
export { loadTrendLoader } from './metric.loaders.js';
export { NodeHistoryResolver, NodeMetricsResolver, TimeRangeInput } from './metrics.resolver.js';
export { metricTables } from './metric-tables.js';
export { MetricRollups } from './rollup.js';
