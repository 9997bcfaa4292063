import type { Logger } from 'pino';
import type { Clock } from './clock.js';
import { messageOf } from './errors.js';
import type { AgentCommandsSubscription, NodeCommandKind } from './gql/graphql.js';
import type { Settings } from './identity.js';
import { AgentCommands, CompleteCommand } from './operations.js';
import type { CommandJournal, CommandOutcome } from './outbox/command-journal.js';
import type { LogOutbox } from './outbox/log-outbox.js';
import { PanelError } from './panel-error.js';
import type { PanelSocket } from './panel-socket.js';
import type { Supervisor } from './xray/supervisor.js';

const RETRY_MS = 5_000;
const MAX_OUTPUT = 2_000;

export type AgentCommand = AgentCommandsSubscription['agentCommands'];

interface CommandParts {
  journal: CommandJournal;
  xray: Pick<Supervisor, 'start' | 'stop' | 'restart' | 'reload'>;
  logs: LogOutbox;
  applySettings(settings: Settings): Promise<void>;
  clock: Clock;
  log: Logger;
}

/** Carries out the panel's commands, one after another, each of them once, and delivers the outcomes. */
export class Commands {
  private socket: PanelSocket | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly waiting = new Set<string>();
  private finishing = false;
  private delivering = false;
  private cancelRetry = () => {};

  constructor(private readonly parts: CommandParts) {
    parts.journal.failInterrupted();
  }

  start(socket: PanelSocket): void {
    this.socket = socket;
    socket.subscribe(
      AgentCommands,
      {},
      ({ agentCommands }) => this.receive(agentCommands),
      (error) => this.unsubscribed(socket, error),
    );
    void this.deliverOutcomes();
  }

  stop(): void {
    this.socket = undefined;
    this.cancelRetry();
  }

  receive(command: AgentCommand): void {
    const { journal } = this.parts;
    if (this.waiting.has(command.id)) return;
    if (journal.has(command.id)) {
      journal.sendAgain(command.id);
      return void this.deliverOutcomes();
    }
    this.waiting.add(command.id);
    this.queue = this.queue.then(() => this.carryOut(command)).finally(() => this.waiting.delete(command.id));
  }

  /** Lets the present command end and begins no other: the panel delivers those again. */
  finish(): Promise<void> {
    this.finishing = true;
    return this.queue;
  }

  private async carryOut({ id, expiresAt, action }: AgentCommand): Promise<void> {
    const { journal, clock, log } = this.parts;
    if (this.finishing) return;
    // Settings are a state, not an act: taking them twice changes nothing, and nobody waits for an outcome.
    if (action.__typename === 'ChangeSettings') return this.parts.applySettings(action);
    try {
      journal.begin(id);
      const expired = clock.now() > Date.parse(expiresAt);
      const outcome = expired
        ? { ok: false, error: 'It had expired before this node received it' }
        : await this.act(action);
      journal.finish(id, outcome);
      log.info(
        { id, ok: outcome.ok },
        `Command ${action.__typename === 'ControlXray' ? action.kind : action.__typename}`,
      );
    } catch (error) {
      log.error({ id }, `The command could not be written down and was not carried out: ${messageOf(error)}`);
    }
    void this.deliverOutcomes();
  }

  private async act(
    action: Exclude<AgentCommand['action'], { __typename: 'ChangeSettings' }>,
  ): Promise<CommandOutcome> {
    try {
      if (action.__typename === 'CollectLogs') return { ok: true, logs: this.parts.logs.recent(action.last) };
      return { ok: true, output: (await this.control(action.kind)).slice(0, MAX_OUTPUT) };
    } catch (error) {
      return { ok: false, error: messageOf(error).slice(0, MAX_OUTPUT) };
    }
  }

  private control(kind: NodeCommandKind): Promise<string> {
    const { xray } = this.parts;
    switch (kind) {
      case 'START_XRAY':
        return xray.start();
      case 'STOP_XRAY':
        return xray.stop();
      case 'RESTART_XRAY':
        return xray.restart();
      case 'RELOAD_CONFIG':
        return xray.reload();
      default:
        throw new Error(`This agent does not know the command ${kind}`);
    }
  }

  private async deliverOutcomes(): Promise<void> {
    if (this.delivering) return;
    this.delivering = true;
    try {
      for (const input of this.parts.journal.unacknowledged()) {
        if (!this.socket) return;
        await this.socket.request(CompleteCommand, { input }).catch(acceptPermanentRefusal);
        this.parts.journal.acknowledge(String(input.commandId));
      }
    } catch (error) {
      this.parts.log.debug(`An outcome was not delivered: ${messageOf(error)}`);
      this.cancelRetry();
      if (this.socket) this.cancelRetry = this.parts.clock.after(RETRY_MS, () => void this.deliverOutcomes());
      return;
    } finally {
      this.delivering = false;
    }
    if (this.socket && this.parts.journal.unacknowledged().length > 0) void this.deliverOutcomes();
  }

  /** Without its commands the agent would only seem to be connected: the next connection subscribes again. */
  private unsubscribed(socket: PanelSocket, error: Error | undefined): void {
    if (this.socket !== socket) return;
    this.parts.log.warn(`The panel ended the subscription to commands: ${error?.message ?? 'completed'}`);
    socket.close(1000);
  }
}

/** A command that the panel no longer knows needs no outcome. */
function acceptPermanentRefusal(error: unknown): void {
  if (!(error instanceof PanelError) || !(error.permanent || error.code === 'NOT_FOUND')) throw error;
}
