export const NODE_METRICS = `subscription Metrics {
  nodeMetrics {
    nodeId
    point { at cpu memory disk loadAverage uplinkRate downlinkRate connections onlineUsers }
  }
}`;
