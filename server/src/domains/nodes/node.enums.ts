import { registerEnumType } from 'type-graphql';

export enum NodeMode {
  ACTIVE = 'ACTIVE',
  DRAINING = 'DRAINING',
  DISABLED = 'DISABLED',
}
registerEnumType(NodeMode, {
  name: 'NodeMode',
  description:
    'What the administrator wants of a node. DRAINING takes no new users, DISABLED is neither used nor checked.',
});

export enum NodeHealth {
  UNKNOWN = 'UNKNOWN',
  HEALTHY = 'HEALTHY',
  SUSPECT = 'SUSPECT',
  DETACHED = 'DETACHED',
  UNHEALTHY = 'UNHEALTHY',
  RECOVERING = 'RECOVERING',
}
registerEnumType(NodeHealth, {
  name: 'NodeHealth',
  description:
    "The health checker's verdict; UNKNOWN until it has one. DETACHED: the agent's session is lost but users are provably still served; alerts, never fails over.",
});

export enum NodeStatus {
  PENDING = 'PENDING',
  ONLINE = 'ONLINE',
  DEGRADED = 'DEGRADED',
  OFFLINE = 'OFFLINE',
  DISABLED = 'DISABLED',
}
registerEnumType(NodeStatus, {
  name: 'NodeStatus',
  description:
    "What a list shows at first sight. PENDING: its agent has never registered. OFFLINE: the agent's connection is lost. DEGRADED: connected, but something is wrong (`issues` says what). DISABLED: switched off by an administrator.",
});

export enum XrayState {
  UNKNOWN = 'UNKNOWN',
  RUNNING = 'RUNNING',
  STOPPED = 'STOPPED',
  CRASHED = 'CRASHED',
}
registerEnumType(XrayState, {
  name: 'XrayState',
  description:
    'STOPPED on purpose, CRASHED by itself (the agent keeps trying), UNKNOWN when there is no Xray on the node.',
});

export enum NodeIssueKind {
  UNHEALTHY = 'UNHEALTHY',
  AGENT_DISCONNECTED = 'AGENT_DISCONNECTED',
  XRAY_DOWN = 'XRAY_DOWN',
  SYNC_FAILED = 'SYNC_FAILED',
  CONFIG_DRIFT = 'CONFIG_DRIFT',
  OVER_CAPACITY = 'OVER_CAPACITY',
  HIGH_CPU = 'HIGH_CPU',
  HIGH_MEMORY = 'HIGH_MEMORY',
  DISK_FULL = 'DISK_FULL',
  CLOCK_SKEW = 'CLOCK_SKEW',
  CERTIFICATE_EXPIRING = 'CERTIFICATE_EXPIRING',
  TOKEN_REVOKED = 'TOKEN_REVOKED',
  AGENT_OUTDATED = 'AGENT_OUTDATED',
}
registerEnumType(NodeIssueKind, { name: 'NodeIssueKind', description: 'What is wrong with a node.' });

export enum Severity {
  INFO = 'INFO',
  WARNING = 'WARNING',
  CRITICAL = 'CRITICAL',
}
registerEnumType(Severity, { name: 'Severity', description: 'How much it matters.' });

export enum NodeOrderField {
  NAME = 'NAME',
  HEALTH = 'HEALTH',
  STATUS = 'STATUS',
  LOAD = 'LOAD',
  CPU = 'CPU',
  MEMORY = 'MEMORY',
  CONNECTIONS = 'CONNECTIONS',
  THROUGHPUT = 'THROUGHPUT',
  LATENCY = 'LATENCY',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(NodeOrderField, {
  name: 'NodeOrderField',
  description: 'What a list of nodes is sorted by. STATUS and HEALTH put problems first when ascending.',
});

export enum OrderDirection {
  ASC = 'ASC',
  DESC = 'DESC',
}
registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Nodes without a value come last either way.',
});

export enum ChangeKind {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  DELETED = 'DELETED',
}
registerEnumType(ChangeKind, { name: 'ChangeKind', description: 'What happened to an object.' });
