import { randomUUID } from 'node:crypto';
import type { EventBus } from '../../../platform/events/bus.js';
import type { PortResult } from '../machine/evidence.js';
import { outcomeOf } from './prober.js';

/** Beyond the time-out of the probe itself, for the way there and back. */
const GRACE_MS = 3_000;
const MOST_OPEN = 5_000;

export interface Question {
  nodeId: string;
  address: string;
  ports: readonly number[];
  timeoutMs: number;
  /** Grows per asked node. */
  seq: number;
}

interface Open {
  question: Question;
  helperId: string;
  timer: NodeJS.Timeout;
}

/** Asks other nodes what they see of one, wherever in the cluster they are connected; no answer is an answer as well. */
export class HelperDesk {
  private readonly open = new Map<string, Open>();
  private readonly stopListening: () => void;

  constructor(
    private readonly events: EventBus,
    private readonly answered: (question: Question, helperId: string, ports: PortResult[]) => void,
  ) {
    this.stopListening = events.on('probeAnswered', ({ commandId, helperId, probes }) => {
      const asked = this.open.get(commandId);
      if (!asked || asked.helperId !== helperId) return;
      this.close(commandId);
      const ports = probes
        .filter(({ nodeId, port }) => nodeId === asked.question.nodeId && asked.question.ports.includes(port))
        .map(({ port, ok, error }): PortResult => ({
          port,
          outcome: ok ? 'ok' : outcomeOf({ code: error ?? undefined }),
        }));
      this.answered(asked.question, helperId, ports);
    });
  }

  ask(question: Question, helperIds: readonly string[]): void {
    for (const helperId of helperIds) {
      if (this.open.size >= MOST_OPEN) return;
      const commandId = `probe-${randomUUID()}`;
      const timer = setTimeout(() => {
        this.close(commandId);
        this.answered(question, helperId, []);
      }, question.timeoutMs + GRACE_MS);
      this.open.set(commandId, { question, helperId, timer });
      const { nodeId, address, ports, timeoutMs } = question;
      const targets = ports.map((port) => ({ nodeId, address, port }));
      this.events.publish('probeAsked', { commandId, helperId, targets, timeoutMs });
    }
  }

  stop(): void {
    this.stopListening();
    for (const commandId of this.open.keys()) this.close(commandId);
  }

  private close(commandId: string): void {
    clearTimeout(this.open.get(commandId)?.timer);
    this.open.delete(commandId);
  }
}
