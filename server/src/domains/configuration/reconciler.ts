import { randomUUID } from 'node:crypto';
import { Batcher } from '../../platform/batcher.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { Logger } from '../../platform/log.js';
import { AgentCommand, ApplyConfig, ApplyUsers, type ConfigurationDelivery, type LogService } from '../agents/index.js';
import { LogSource } from '../agents/index.js';
import { backoffMs } from './backoff.js';
import { nextStep } from './decision.js';
import type { DesiredConfigs, DesiredNode, Snapshot } from './desired-configs.js';
import type { Attempt, Changed, DueNode, NodeSyncStore, Outcome, Settled } from './node-sync.store.js';

/** Gathers what is changed in quick succession into one step, well below the second within which a user shall work. */
const GATHER_MS = 60;
/** Marks are looked at so often even when no event has told of them. */
const SWEEP_MS = 2_000;
const NODES_PER_ROUND = 500;
/** Whole configurations that may be under way at once: they are megabytes, and each is tested on its node. */
const MOST_WHOLE = 32;
const COMMAND_LIFE_MS = 600_000;
const LONGEST_ERROR = 8_000;
const PREFIX = 'sync-';

interface Offer {
  attempt: Attempt;
  command: AgentCommand;
}

interface ReconcilerParts {
  store: NodeSyncStore;
  configs: DesiredConfigs;
  events: EventBus;
  logs: LogService;
  log: Logger;
  /** 0 to 1; for the jitter of retries. */
  random: () => number;
}

/**
 * Brings every node that is connected to this panel to what it should run. It looks at state, never at events alone: the
 * rows of node_sync say what is due, so it goes on where it was after a kill at any point. A node is claimed by its
 * connection, of which there is one in the whole cluster: an answer counts only for the attempt that is under way on it.
 */
export class Reconciler implements ConfigurationDelivery {
  private readonly offers = new Map<string, AgentCommand>();
  private readonly outcomes: Batcher<Omit<Outcome, 'retryInMs'>>;
  private timer: NodeJS.Timeout | undefined;
  private sweeper: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(private readonly parts: ReconcilerParts) {
    this.outcomes = new Batcher({
      mostItems: 1_000,
      gatherMs: 20,
      mostWaiting: 100_000,
      write: (outcomes) => this.finish(outcomes),
    });
  }

  start(): void {
    this.parts.events.on('configChanged', () => this.wake());
    this.sweeper = setInterval(() => void this.sweep(), SWEEP_MS);
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.sweeper);
    clearTimeout(this.timer);
    await this.running;
    await this.outcomes.drain();
  }

  take(nodeId: string): AgentCommand | undefined {
    const command = this.offers.get(nodeId);
    this.offers.delete(nodeId);
    return command;
  }

  async registered(nodeId: string, revision: string | null): Promise<void> {
    this.announce(await this.parts.store.registered(nodeId, revision));
    this.wake();
  }

  isOwn(commandId: string): boolean {
    return commandId.startsWith(PREFIX);
  }

  /** Resolves when the outcome is durable. */
  completed(
    nodeId: string,
    answer: { commandId: string; ok: boolean; error?: string | null; appliedRevision?: string | null },
  ): Promise<void> {
    const attemptId = answer.commandId.slice(PREFIX.length);
    if (!/^[0-9a-f-]{36}$/.test(attemptId)) return Promise.resolve();
    return this.outcomes.add({
      nodeId,
      attemptId,
      ok: answer.ok,
      appliedRevision: answer.appliedRevision?.replaceAll('\0', '').slice(0, 128) ?? null,
      error: answer.error?.replaceAll('\0', '').slice(0, LONGEST_ERROR) ?? null,
    });
  }

  /** What nodes that are away will be given, so that it can be shown; to be called by one panel of a cluster. */
  async planAway(): Promise<void> {
    const { store, configs, events } = this.parts;
    const nodes = await store.awayAndUnplanned(NODES_PER_ROUND);
    if (nodes.length === 0) return;
    await configs.at(async (snapshot) => {
      const desired = await snapshot.desired(nodes.map(({ nodeId }) => nodeId));
      const planned = [...desired].map(([nodeId, { config }]) => ({ nodeId, revision: config.revision }));
      await store.plan(snapshot.version, planned);
    });
    for (const { nodeId } of nodes) events.publish('syncChanged', { nodeId });
  }

  private wake(): void {
    if (this.stopped) return;
    if (this.running) this.again = true;
    else this.timer ??= setTimeout(() => this.begin(), GATHER_MS);
  }

  private begin(): void {
    this.timer = undefined;
    this.running = this.rounds()
      .catch((error: unknown) =>
        this.parts.log.error({ err: error }, 'nodes could not be brought in step, trying again'),
      )
      .finally(() => {
        this.running = undefined;
        if (this.again) this.wake();
        this.again = false;
      });
  }

  private async sweep(): Promise<void> {
    try {
      await this.reportDrift();
      this.announce(await this.parts.store.releaseDisconnected());
      for (const { nodeId, attemptId } of await this.parts.store.overdue()) {
        const error = 'The agent has not answered in time';
        void this.outcomes.add({ nodeId, attemptId, ok: false, appliedRevision: null, error }).catch(() => {});
      }
    } catch (error) {
      this.parts.log.error({ err: error }, 'looking for drifted nodes failed');
    }
    this.wake();
  }

  /** Rounds of bounded size until nothing is due that may begin now. */
  private async rounds(): Promise<void> {
    for (let more = true; more && !this.stopped;) more = await this.round();
  }

  private async round(): Promise<boolean> {
    const { store, configs } = this.parts;
    const due = await store.due(NODES_PER_ROUND);
    if (due.length === 0) return false;
    const room = MOST_WHOLE - (await store.wholeUnderWay());
    const { version, settled, offers } = await configs.at((snapshot) => this.decide(snapshot, due, room));
    const done = await store.settle(version, settled);
    // The claim is durable before the command can be seen: an answer without a claim would count for nothing.
    const begun = await store.begin(
      version,
      offers.map(({ attempt }) => attempt),
    );
    for (const { attempt, command } of offers) {
      this.offers.set(attempt.nodeId, command);
      this.parts.events.deliver('agentPoked', { nodeId: attempt.nodeId });
    }
    this.announce([...done, ...begun]);
    return due.length === NODES_PER_ROUND && done.length + begun.length > 0;
  }

  private async decide(snapshot: Snapshot, due: DueNode[], room: number) {
    const desired = await snapshot.desired(due.map(({ nodeId }) => nodeId));
    const settled: Settled[] = [];
    const offers: Offer[] = [];
    let left = room;
    for (const node of due) {
      const wanted = desired.get(node.nodeId);
      if (!wanted) continue; // deleted a moment ago
      const step = nextStep(node, wanted);
      if (step === 'SETTLED') {
        settled.push({ nodeId: node.nodeId, revision: wanted.config.revision, structure: wanted.structure });
        continue;
      }
      const users = step === 'USERS' ? await this.usersOffer(snapshot, node, wanted) : undefined;
      if (!users && left <= 0) continue;
      offers.push(users ?? (await wholeOffer(snapshot, node, wanted)));
      if (!users) left -= 1;
    }
    return { version: snapshot.version, settled, offers };
  }

  private async usersOffer(snapshot: Snapshot, node: DueNode, wanted: DesiredNode): Promise<Offer | undefined> {
    const changes = await snapshot.changesSince(wanted.groupIds, node.appliedVersion!);
    if (!changes) return undefined;
    const { revision } = wanted.config;
    const action = { baseRevision: node.appliedRevision!, revision, add: changes.add, remove: changes.remove };
    return offer(node, wanted, Object.assign(new ApplyUsers(), action));
  }

  private async finish(outcomes: Omit<Outcome, 'retryInMs'>[]): Promise<void> {
    const { store, random } = this.parts;
    // The first answer to an attempt counts; two of one batch would meet in one statement.
    const first = [...new Map(outcomes.toReversed().map((outcome) => [outcome.nodeId, outcome])).values()];
    const failed = first.filter(({ ok }) => !ok).map(({ nodeId }) => nodeId);
    const failures = failed.length > 0 ? await store.failures(failed) : new Map<string, number>();
    const timed = first.map((outcome) => ({
      ...outcome,
      retryInMs: backoffMs((failures.get(outcome.nodeId) ?? 0) + 1, random()),
    }));
    const changed = await store.finish(timed);
    this.announce(changed);
    // Also when all are in step: they have made room for whole configurations that wait.
    this.wake();
  }

  private async reportDrift(): Promise<void> {
    const { store, logs, events, log } = this.parts;
    const nodeIds = await store.findDrift();
    for (const nodeId of nodeIds) {
      log.warn({ nodeId }, "a node's configuration was changed behind the panel's back; it is sent again");
      const text = "The configuration was changed behind the panel's back; the panel is putting it right";
      await logs.store(nodeId, [{ at: new Date(), source: LogSource.AGENT, text }]);
      events.publish('syncChanged', { nodeId });
      events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    }
  }

  private announce(changed: readonly Changed[]): void {
    for (const { nodeId, state } of changed) {
      this.parts.events.publish('syncChanged', { nodeId });
      // Failure, and the end of it, shows in every list of nodes.
      if (state === 'FAILED' || state === 'IN_SYNC')
        this.parts.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
    }
  }
}

async function wholeOffer(snapshot: Snapshot, node: DueNode, wanted: DesiredNode): Promise<Offer> {
  const { base, inbounds, revision } = wanted.config;
  const config = { base, inbounds, users: await snapshot.usersOf(wanted.groupIds) };
  return offer(node, wanted, Object.assign(new ApplyConfig(), { revision, config }));
}

function offer(node: DueNode, wanted: DesiredNode, action: ApplyConfig | ApplyUsers): Offer {
  const id = randomUUID();
  const issuedAt = new Date();
  const command = Object.assign(new AgentCommand(), {
    id: `${PREFIX}${id}`,
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + COMMAND_LIFE_MS),
    action,
  });
  const attempt: Attempt = {
    nodeId: node.nodeId,
    id,
    connectionId: node.connectionId,
    revision: wanted.config.revision,
    structure: wanted.structure,
    isWhole: action instanceof ApplyConfig,
  };
  return { attempt, command };
}
