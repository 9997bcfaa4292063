import { nameConfig } from '../domains/configuration/node-config.js';
import { userDigest } from '../domains/users/credentials.js';
import type { TestAgent } from './panel.js';
import { sampleInput } from './seeds.js';
import type { Stream } from './socket.js';

interface NodeUser {
  id: string;
  uuid: string;
  password: string;
}

interface Document {
  base: unknown;
  inbounds: { tag: string }[];
  users: Map<string, NodeUser>;
}

interface Action {
  __typename: string;
  revision?: string;
  baseRevision?: string;
  config?: { base: unknown; inbounds: { tag: string }[]; users: NodeUser[] };
  add?: NodeUser[];
  remove?: string[];
  targets?: { nodeId: string; port: number }[];
}

type Event = { agentCommands: { id: string; action: Action } };

const SUBSCRIPTION = `subscription { agentCommands { id action { __typename
  ... on ApplyConfig { revision config } ... on ApplyUsers { baseRevision revision add remove }
  ... on ProbeTargets { targets { nodeId port } } } } }`;

const COMPLETE = `mutation ($input: CompleteCommandInput!) { completeCommand(input: $input) { commandId } }`;

/** What the next command meets with: it is carried out, refused, never answered, or carried out without an answer. */
export type Mood = 'good' | 'refusing' | 'deaf' | 'mute';

/** The revision as docs/agent-protocol.md has it. */
export function revisionOf({ base, inbounds, users }: Document): string {
  const digest = { count: users.size, a: 0n, b: 0n };
  for (const user of users.values()) {
    const [a, b] = userDigest(user.id, user);
    digest.a += a;
    digest.b += b;
  }
  return nameConfig(base, inbounds, digest).revision;
}

/** An agent as far as configurations go: keeps what it was given, and says what it is at. */
export class ConfigAgent {
  document: Document | undefined;
  mood: Mood = 'good';
  /** What it sees of other nodes when the panel asks; undefined: it does not answer. */
  sees: 'ok' | 'ECONNREFUSED' | 'ETIMEDOUT' | undefined = 'ok';
  asked = 0;
  /** What was received, newest last. */
  readonly received: { kind: string; bytes: number; users: number }[] = [];
  private stream: Stream<Event> | undefined;

  constructor(readonly agent: TestAgent) {}

  get nodeId(): string {
    return this.agent.nodeId;
  }

  get revision(): string | null {
    return this.document ? revisionOf(this.document) : null;
  }

  get userIds(): string[] {
    return [...(this.document?.users.keys() ?? [])].toSorted();
  }

  get tags(): string[] {
    return (this.document?.inbounds ?? []).map(({ tag }) => tag).toSorted();
  }

  listen(): void {
    const stream = this.agent.socket.subscribe<Event>(SUBSCRIPTION);
    this.stream = stream;
    void this.follow(stream);
  }

  /** On a new connection, as an agent comes back that was away. */
  async reconnect(): Promise<void> {
    const answer = await this.agent.connect();
    if (answer !== 'ack') throw new Error(`The agent was refused with ${answer}`);
    this.listen();
  }

  async leave(): Promise<void> {
    this.stream = undefined;
    await this.agent.disconnect();
  }

  /** A sample, by which it says what it is at. */
  async report(configRevision = this.revision): Promise<void> {
    await this.agent.report([sampleInput(new Date(), { configRevision })]);
  }

  private async follow(stream: Stream<Event>): Promise<void> {
    for (;;) {
      const event = await stream.next().catch(() => null);
      if (event === undefined || this.stream !== stream) return;
      if (event?.data) await this.carryOut(event.data.agentCommands).catch(() => undefined);
    }
  }

  private async carryOut({ id, action }: Event['agentCommands']): Promise<void> {
    if (action.__typename === 'ProbeTargets') return this.lookAround(id, action.targets ?? []);
    if (action.__typename !== 'ApplyConfig' && action.__typename !== 'ApplyUsers') return;
    const users = action.config?.users.length ?? (action.add?.length ?? 0) + (action.remove?.length ?? 0);
    this.received.push({ kind: action.__typename, bytes: JSON.stringify(action).length, users });
    const { mood } = this;
    this.mood = 'good';
    if (mood === 'deaf') return;
    const error = mood === 'refusing' ? 'Xray does not like it' : this.apply(action);
    if (mood === 'mute') return;
    await this.agent.socket.request(COMPLETE, {
      input: { commandId: id, ok: error === undefined, error, appliedRevision: this.revision },
    });
  }

  private async lookAround(commandId: string, targets: { nodeId: string; port: number }[]): Promise<void> {
    this.asked += 1;
    const { sees } = this;
    if (sees === undefined) return;
    const ok = sees === 'ok';
    const probes = targets.map((target) => ({ ...target, ok, latencyMs: ok ? 1 : null, error: ok ? null : sees }));
    await this.agent.socket.request(COMPLETE, { input: { commandId, ok: true, probes } });
  }

  /** Answers what is wrong; nothing has changed then. */
  private apply(action: Action): string | undefined {
    const next = this.next(action);
    if (typeof next === 'string') return next;
    if (revisionOf(next) !== action.revision) return `this makes ${revisionOf(next)} and not ${action.revision}`;
    this.document = next;
    return undefined;
  }

  private next({ config, baseRevision, add = [], remove = [] }: Action): Document | string {
    if (config) return { ...config, users: new Map(config.users.map((user) => [user.id, user])) };
    if (!this.document || baseRevision !== this.revision) return `the node is not at ${baseRevision}`;
    const users = new Map(this.document.users);
    for (const id of remove) users.delete(id);
    for (const user of add) users.set(user.id, user);
    return { ...this.document, users };
  }
}
