import type { EventBus } from '../../platform/events/bus.js';
import { AgentCommand, ProbeTargets, type CompleteCommandInput } from './agent.types.js';
import type { AgentConnections } from './connections.js';

const PREFIX = 'probe-';
/** An agent refuses more than four at a time; what waits longer than this is not worth asking any more. */
const MOST_WAITING = 8;
const LIFE_MS = 30_000;
const MOST_PROBES = 32;
const LONGEST_ERROR = 64;

/** Passes questions about other nodes on to the agents of this panel, and their answers back to whoever has asked. */
export class ProbeMail {
  private readonly waiting = new Map<string, AgentCommand[]>();

  constructor(
    private readonly events: EventBus,
    connections: Pick<AgentConnections, 'has'>,
  ) {
    events.on('probeAsked', ({ commandId, helperId, targets, timeoutMs }) => {
      if (!connections.has(helperId)) return;
      const issuedAt = new Date();
      const command = Object.assign(new AgentCommand(), {
        id: commandId,
        issuedAt,
        expiresAt: new Date(issuedAt.getTime() + LIFE_MS),
        action: Object.assign(new ProbeTargets(), { targets, timeoutMs }),
      });
      const queue = this.waiting.get(helperId) ?? [];
      this.waiting.set(helperId, [...queue, command].slice(-MOST_WAITING));
      events.deliver('agentPoked', { nodeId: helperId });
    });
    events.on('nodeDisconnected', ({ nodeId }) => this.waiting.delete(nodeId));
  }

  take(nodeId: string): AgentCommand[] {
    const commands = this.waiting.get(nodeId) ?? [];
    this.waiting.delete(nodeId);
    return commands;
  }

  isOwn(commandId: string): boolean {
    return commandId.startsWith(PREFIX);
  }

  completed(helperId: string, { commandId, probes }: CompleteCommandInput): void {
    const answers = (probes ?? []).slice(0, MOST_PROBES).map(({ nodeId, port, ok, error }) => ({
      nodeId,
      port,
      ok,
      error: error?.slice(0, LONGEST_ERROR) ?? null,
    }));
    this.events.publish('probeAnswered', { commandId, helperId, probes: answers });
  }
}
