import type { Logger } from 'pino';
import type { Clock } from './clock.js';
import { messageOf } from './errors.js';
import type { NodeState } from './apply/node-state.js';
import type { AgentCommandsSubscription, CompleteCommandInput, NodeCommandKind } from './gql/graphql.js';
import type { Settings } from './identity.js';
import { AgentCommands, CompleteCommand } from './operations.js';
import type { CommandJournal, CommandOutcome } from './outbox/command-journal.js';
import type { LogOutbox } from './outbox/log-outbox.js';
import { PanelError } from './panel-error.js';
import type { PanelSocket } from './panel-socket.js';
import type { Prober, ProbeTargets } from './probe/prober.js';
import type { Supervisor } from './xray/supervisor.js';

const RETRY_MS = 5_000;
const MAX_OUTPUT = 2_000;

export type AgentCommand = AgentCommandsSubscription['agentCommands'];

type Action = AgentCommand['action'];
type Queued = Exclude<Action, { __typename: 'ProbeTargets' }>;
type Act = Extract<Action, { __typename: 'ControlXray' | 'CollectLogs' }>;
type Apply = Extract<Action, { __typename: 'ApplyConfig' | 'ApplyUsers' }>;

interface CommandParts {
  journal: CommandJournal;
  xray: Pick<Supervisor, 'start' | 'stop' | 'restart' | 'reload'>;
  node: Pick<NodeState, 'revision' | 'applyConfig' | 'applyUsers'>;
  prober: Pick<Prober, 'probe'>;
  logs: LogOutbox;
  applySettings(settings: Settings): Promise<void>;
  clock: Clock;
  log: Logger;
}

/** A command that waits, and the connection that wants to hear how it ended. */
interface Waiting {
  command: AgentCommand;
  action: Queued;
  socket: PanelSocket | undefined;
}

/**
 * Carries out the panel's commands, one after another, each of them once, and delivers the outcomes.
 *
 * What describes a state (settings, configuration, users) is not written down before it begins: taking it twice changes
 * nothing. The panel knows by the revision where the node is, so the outcome of an apply is worth as much as the
 * connection: it goes with it. What the node sees of others (ProbeTargets) is worth something only now: it is looked at
 * beside whatever else is going on, and told once.
 */
export class Commands {
  private socket: PanelSocket | undefined;
  private queue: Waiting[] = [];
  private working: Promise<void> | undefined;
  private readonly known = new Set<string>();
  private readonly applied = new Map<string, CompleteCommandInput>();
  private finishing = false;
  private delivering = false;
  private cancelRetry = () => {};

  constructor(private readonly parts: CommandParts) {
    parts.journal.failInterrupted();
  }

  start(socket: PanelSocket): void {
    this.socket = socket;
    this.applied.clear();
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
    if (this.known.has(command.id)) return;
    if (journal.has(command.id)) {
      journal.sendAgain(command.id);
      return void this.deliverOutcomes();
    }
    const { action } = command;
    this.known.add(command.id);
    if (action.__typename === 'ProbeTargets') return void this.look(command, action);
    if (action.__typename === 'ApplyConfig') this.dropWaitingApplies();
    this.queue.push({ command, action, socket: this.socket });
    this.working ??= this.work().finally(() => (this.working = undefined));
  }

  /** Lets the present command end and begins no other: the panel delivers those again. */
  async finish(): Promise<void> {
    this.finishing = true;
    await this.working;
  }

  private async look(command: AgentCommand, action: ProbeTargets): Promise<void> {
    const { socket } = this;
    const { id: commandId } = command;
    const outcome = await this.outcomeOf(command, async () => ({
      ok: true,
      probes: await this.parts.prober.probe(action),
    }));
    this.known.delete(commandId);
    if (!socket || socket !== this.socket) return;
    await socket.request(CompleteCommand, { input: { commandId, ...outcome } }).catch((error: unknown) => {
      this.parts.log.debug({ id: commandId }, `What was looked at was not delivered: ${messageOf(error)}`);
    });
  }

  /** The whole configuration makes every change before it pointless. */
  private dropWaitingApplies(): void {
    const dropped = this.queue.filter(({ action }) => isApply(action));
    this.queue = this.queue.filter(({ action }) => !isApply(action));
    for (const waiting of dropped) this.answer(waiting, { ok: false, error: 'It was replaced by a newer one' });
  }

  private async work(): Promise<void> {
    for (let next = this.queue.shift(); next && !this.finishing; next = this.queue.shift()) {
      await this.carryOut(next).catch((error: unknown) => {
        this.parts.log.error({ id: next?.command.id }, `A command ended in an error: ${messageOf(error)}`);
      });
      this.known.delete(next.command.id);
    }
  }

  private async carryOut(waiting: Waiting): Promise<void> {
    const { action } = waiting;
    if (action.__typename === 'ChangeSettings') return this.parts.applySettings(action);
    if (isApply(action)) return this.answer(waiting, await this.outcomeOf(waiting.command, () => this.apply(action)));
    await this.carryOutOnce(waiting.command, action);
  }

  private async carryOutOnce(command: AgentCommand, action: Act): Promise<void> {
    const { journal, log } = this.parts;
    const { id } = command;
    try {
      journal.begin(id);
      const outcome = await this.outcomeOf(command, () => this.act(action));
      journal.finish(id, outcome);
    } catch (error) {
      log.error({ id }, `The command could not be written down and was not carried out: ${messageOf(error)}`);
    }
    void this.deliverOutcomes();
  }

  private async outcomeOf({ id, expiresAt, action }: AgentCommand, act: () => Promise<CommandOutcome>) {
    const { clock, log } = this.parts;
    const expired = clock.now() > Date.parse(expiresAt);
    const outcome: CommandOutcome = expired
      ? { ok: false, error: 'It had expired before this node received it' }
      : await act().catch((error: unknown) => ({ ok: false, error: messageOf(error).slice(0, MAX_OUTPUT) }));
    const name = action.__typename === 'ControlXray' ? action.kind : action.__typename;
    const { ok, output, error } = outcome;
    const level = action.__typename === 'ProbeTargets' ? 'debug' : 'info'; // those come often
    log[level]({ id, ok }, `Command ${name}${output || error ? `: ${output ?? error}` : ''}`);
    return outcome;
  }

  private async apply(action: Apply): Promise<CommandOutcome> {
    const { node } = this.parts;
    const output = await (action.__typename === 'ApplyConfig' ? node.applyConfig(action) : node.applyUsers(action));
    return { ok: true, output: output.slice(0, MAX_OUTPUT) };
  }

  /** The node is somewhere after a failure, too. */
  private answer({ command: { id }, socket }: Waiting, outcome: CommandOutcome): void {
    this.known.delete(id);
    if (!socket || socket !== this.socket) return;
    this.applied.set(id, { commandId: id, ...outcome, appliedRevision: this.parts.node.revision ?? null });
    void this.deliverOutcomes();
  }

  private async act(action: Act): Promise<CommandOutcome> {
    if (action.__typename === 'CollectLogs') return { ok: true, logs: this.parts.logs.recent(action.last) };
    return { ok: true, output: (await this.control(action.kind)).slice(0, MAX_OUTPUT) };
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
      for (let next = this.undelivered(); next; next = this.undelivered()) {
        if (!this.socket) return;
        await this.socket.request(CompleteCommand, { input: next }).catch(acceptPermanentRefusal);
        if (!this.applied.delete(String(next.commandId))) this.parts.journal.acknowledge(String(next.commandId));
      }
    } catch (error) {
      this.parts.log.debug(`An outcome was not delivered: ${messageOf(error)}`);
      this.cancelRetry();
      if (this.socket) this.cancelRetry = this.parts.clock.after(RETRY_MS, () => void this.deliverOutcomes());
    } finally {
      this.delivering = false;
    }
  }

  private undelivered(): CompleteCommandInput | undefined {
    return this.parts.journal.unacknowledged()[0] ?? this.applied.values().next().value;
  }

  /** Without its commands the agent would only seem to be connected: the next connection subscribes again. */
  private unsubscribed(socket: PanelSocket, error: Error | undefined): void {
    if (this.socket !== socket) return;
    this.parts.log.warn(`The panel ended the subscription to commands: ${error?.message ?? 'completed'}`);
    socket.close(1000);
  }
}

function isApply(action: Queued): action is Apply {
  return action.__typename === 'ApplyConfig' || action.__typename === 'ApplyUsers';
}

/** A command that the panel no longer knows needs no outcome. */
function acceptPermanentRefusal(error: unknown): void {
  if (!(error instanceof PanelError) || !(error.permanent || error.code === 'NOT_FOUND')) throw error;
}
