import { createHash } from 'node:crypto';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import type { EventBus } from '../../platform/events/bus.js';
import type { SettingsService } from '../settings/index.js';
import {
  ChangeSettings,
  CollectLogs,
  ControlXray,
  type AgentCommand,
  type CompleteCommandInput,
} from './agent.types.js';
import type { CommandService } from './command.service.js';
import type { ProbeMail } from './probe-mail.js';
import { NodeCommandKind, type NodeCommand } from './node-command.entity.js';

const COLLECTED_LINES = 500;
const SETTINGS_LIFE_MS = 600_000;

/** Brings nodes to the configuration that they should run: commands that describe a state and are not rows. */
export interface ConfigurationDelivery {
  /** The newest command for this node, once. */
  take(nodeId: string): AgentCommand | undefined;
  /** Whether a command of this id came from here. */
  isOwn(commandId: string): boolean;
  completed(nodeId: string, outcome: CompleteCommandInput): Promise<void>;
  /** An agent has started; it is at this revision. */
  registered(nodeId: string, revision: string | null): Promise<void>;
}

/** Resolves at the next poke of this node, or at once when one came since the last wait. */
class Pokes {
  private poked = true;
  private wake: (() => void) | undefined;
  private ended = false;
  private readonly stop: () => void;

  constructor(events: EventBus, nodeId: string) {
    this.stop = events.on('agentPoked', (poke) => {
      if (poke.nodeId !== null && poke.nodeId !== nodeId) return;
      this.poked = true;
      this.wake?.();
    });
  }

  /** False once it was ended. */
  async next(): Promise<boolean> {
    if (!this.poked && !this.ended) await new Promise<void>((resolve) => (this.wake = resolve));
    this.poked = false;
    return !this.ended;
  }

  end(): void {
    this.ended = true;
    this.stop();
    this.wake?.();
  }
}

/**
 * The stream of commands of one agent. Level-triggered: at each poke it looks at what is not finished, so nothing is
 * lost when a poke is; what this connection was given already is not given to it again.
 */
export class AgentWork {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly commands: CommandService,
    private readonly settings: SettingsService,
    private readonly configuration: ConfigurationDelivery,
    private readonly probes: Pick<ProbeMail, 'take'>,
  ) {}

  open(nodeId: string): AsyncIterableIterator<AgentCommand> {
    const pokes = new Pokes(this.events, nodeId);
    const generator = this.stream(nodeId, pokes);
    return {
      next: () => generator.next(),
      // A generator that waits does not hear return(): the wait has to be ended first.
      return: () => {
        pokes.end();
        return generator.return(undefined);
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  private async *stream(nodeId: string, pokes: Pokes): AsyncGenerator<AgentCommand> {
    const given = new Set<string>();
    try {
      while (await pokes.next()) {
        const settings = await this.settingsCommand(nodeId);
        if (settings && !given.has(settings.id)) {
          given.add(settings.id);
          yield settings;
        }
        const configuration = this.configuration.take(nodeId);
        if (configuration) yield configuration;
        yield* this.probes.take(nodeId);
        const open = await this.commands.openOf.load(nodeId);
        forgetFinished(given, open, settings?.id);
        for (const command of open) {
          if (given.has(command.id) || !(await this.commands.markDelivered(command))) continue;
          given.add(command.id);
          yield toAgentCommand(command);
        }
      }
    } finally {
      // Also when a query has failed: nobody calls return() on a stream that threw.
      pokes.end();
    }
  }

  /** Settings travel as a command whose id is their hash: equal settings are the same command. */
  private async settingsCommand(nodeId: string): Promise<AgentCommand | undefined> {
    const agentPort = await this.agentPort.load(nodeId);
    if (agentPort === null) return undefined;
    const { metricsIntervalSeconds, trafficIntervalSeconds } = await this.settings.read();
    const action = Object.assign(new ChangeSettings(), { metricsIntervalSeconds, trafficIntervalSeconds, agentPort });
    const hash = createHash('sha256').update(JSON.stringify(action)).digest('hex').slice(0, 16);
    const issuedAt = new Date();
    return { id: `settings-${hash}`, issuedAt, expiresAt: new Date(issuedAt.getTime() + SETTINGS_LIFE_MS), action };
  }

  private readonly agentPort = new DataLoader<string, number | null>(
    async (nodeIds) => {
      const rows = await this.db.query<
        {
          id: string;
          agent_port: number;
        }[]
      >('SELECT id, agent_port FROM nodes WHERE id = ANY($1)', [nodeIds]);
      const ports = new Map(rows.map((row) => [row.id, row.agent_port]));
      return nodeIds.map((id) => ports.get(id) ?? null);
    },
    { cache: false, maxBatchSize: 1_000 },
  );
}

/** Keeps the memory of a long connection as small as its open work; the newest settings stay remembered. */
function forgetFinished(given: Set<string>, open: NodeCommand[], settingsId: string | undefined): void {
  const still = new Set(open.map(({ id }) => id));
  for (const id of given) if (id !== settingsId && !still.has(id)) given.delete(id);
}

function toAgentCommand({ id, issuedAt, expiresAt, kind }: NodeCommand): AgentCommand {
  const action =
    kind === NodeCommandKind.COLLECT_LOGS
      ? Object.assign(new CollectLogs(), { last: COLLECTED_LINES })
      : Object.assign(new ControlXray(), { kind });
  return { id, issuedAt, expiresAt, action };
}
