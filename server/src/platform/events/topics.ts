/** What happened, by topic: ids and facts only, small enough to cross between panels. */
export interface Topics {
  nodeChanged: { nodeId: string; kind: 'CREATED' | 'UPDATED' | 'DELETED' };
  nodeMetrics: { samples: NodeSample[] };
  nodeLogs: { nodeId: string; lines: { at: string; source: 'XRAY' | 'AGENT'; text: string }[] };
  commandChanged: { nodeId: string; commandId: string };
  /** Something that its agent has to hear of now: a command was issued or the settings have changed. */
  agentPoked: { nodeId: string | null };
  /**
   * The node's connection has to be closed, unless it was opened with the token that is good now: on another panel it
   * may be there before this event.
   */
  nodeRefused: { nodeId: string; exceptTokenId?: string };
  /** Another connection of the same node was accepted somewhere; older ones give way. */
  nodeConnected: { nodeId: string; connectionId: string };
  /** What nodes have to run has changed; which of them is in the database. */
  configChanged: Record<string, never>;
  /** How far a node is with its configuration. */
  syncChanged: { nodeId: string };
  /** Messages wait to be sent; which ones is in the database. */
  alertsRaised: Record<string, never>;
  /** A connection of an agent has ended; which one, so that a newer one is not taken for it. */
  nodeDisconnected: { nodeId: string; connectionId: string };
  /** A node's health has changed; the row of it is written. */
  nodeHealthChanged: { nodeId: string; from: string; to: string; at: string; reason: string };
  /** What the panel lets verdicts and failover do has changed. */
  guardChanged: { mode: string };
  /** An agent is asked to look at ports of another node; the panel that it is connected to passes it on. */
  probeAsked: {
    commandId: string;
    helperId: string;
    targets: { nodeId: string; address: string; port: number }[];
    timeoutMs: number;
  };
  probeAnswered: {
    commandId: string;
    helperId: string;
    probes: { nodeId: string; port: number; ok: boolean; error: string | null }[];
  };
  settingsChanged: Record<string, never>;
  sessionEnded: { sessionId: string };
}

/** The newest sample of a node; numbers as in the GraphQL type MetricPoint, `at` in ISO 8601. */
export interface NodeSample {
  nodeId: string;
  at: string;
  cpu: number;
  memory: number;
  disk: number;
  loadAverage: number;
  uplinkRate: number;
  downlinkRate: number;
  connections: number;
  onlineUsers: number;
  xrayState: string;
  /** Why Xray does not run although it should. */
  xrayError: string | null;
  configRevision: string | null;
}
