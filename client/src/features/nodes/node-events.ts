import { useRef } from 'react';
import { useSubscription } from 'urql';
import { graphql } from '../../graphql/gen';
import type { NodeChangedSubscription, NodeMetricsSubscription } from '../../graphql/gen/graphql';

/** What may change about a node without anybody looking; the cache hands it to whoever shows it. */
export const NodeState = graphql(`
  fragment NodeState on Node {
    id
    name
    address
    agentPort
    mode
    status
    health
    healthSince
    latencyMs
    weight
    capacity
    tags {
      key
      value
    }
    location {
      latitude
      longitude
      city
      countryCode
    }
    issues {
      kind
      severity
      message
      since
    }
    agent {
      connected
      version
      hostname
      connectedAt
      lastSeenAt
      remoteAddress
    }
    xray {
      state
      version
      startedAt
    }
    token {
      createdAt
      lastUsedAt
      revokedAt
      rotationPending
    }
    onboarding {
      joinTokenExpiresAt
      tokenUsedAt
      tlsVerifiedAt
      registeredAt
      xrayStartedAt
      firstMetricsAt
      problem
    }
    ipAllowlist
    updatedAt
  }
`);

const NodeChanged = graphql(`
  subscription NodeChanged($nodeIds: [ID!]) {
    nodeChanged(nodeIds: $nodeIds) {
      kind
      nodeId
      node {
        ...NodeState
      }
    }
  }
`);

const NodeMetrics = graphql(`
  subscription NodeMetrics($nodeIds: [ID!]) {
    nodeMetrics(nodeIds: $nodeIds) {
      nodeId
      point {
        at
        cpu
        memory
        disk
        loadAverage
        uplinkRate
        downlinkRate
        connections
        onlineUsers
      }
    }
  }
`);

export type NodeChange = NodeChangedSubscription['nodeChanged'][number];
export type MetricsEvent = NodeMetricsSubscription['nodeMetrics'][number];
export type MetricPoint = MetricsEvent['point'];

/** Keeps the shown nodes current; of no ids all nodes are meant. */
export function useNodeChanges(nodeIds?: string[], onChanges?: (changes: readonly NodeChange[]) => void): void {
  const handler = useRef(onChanges);
  handler.current = onChanges;
  useSubscription({ query: NodeChanged, variables: { nodeIds: nodeIds ?? null } }, (_last, data) => {
    handler.current?.(data.nodeChanged);
    return null as never;
  });
}

/** Events go to the handler and nowhere else: keeping them in React state would draw the page at each. */
export function useNodeMetrics(
  nodeIds: string[] | undefined,
  onEvents: (events: readonly MetricsEvent[]) => void,
): void {
  const handler = useRef(onEvents);
  handler.current = onEvents;
  useSubscription({ query: NodeMetrics, variables: { nodeIds: nodeIds ?? null } }, (_last, data) => {
    handler.current(data.nodeMetrics);
    return null as never;
  });
}
