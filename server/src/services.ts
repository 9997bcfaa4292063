import type { AgentWork, CommandService, LogService } from './domains/agents/index.js';
import type { CurrentSamples } from './domains/metrics/index.js';
import type { HealthService } from './domains/health/index.js';
import type { SyncService } from './domains/sync/index.js';
import type { EventBus } from './platform/events/bus.js';

/** What the streams of subscriptions are made from: type-graphql hands them a context, not a resolver. */
export interface Services {
  events: EventBus;
  commands: CommandService;
  logs: LogService;
  agentWork: AgentWork;
  currentSamples: CurrentSamples;
  sync: SyncService;
  health: HealthService;
}
