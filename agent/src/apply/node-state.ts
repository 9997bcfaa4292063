import type { Logger } from 'pino';
import type { Clock } from '../clock.js';
import { NodeConfig } from '../configuration/node-config.js';
import { messageOf } from '../errors.js';
import type { AgentCommandsSubscription } from '../gql/graphql.js';
import type { ConfigFiles } from '../xray/config-files.js';
import type { Supervisor } from '../xray/supervisor.js';
import { miscounted } from './accounts.js';
import type { Applier } from './applier.js';

const CHECK_MS = 60_000;
const DRIFT_DIGITS = 16;

type Action = AgentCommandsSubscription['agentCommands']['action'];
export type ApplyConfig = Omit<Extract<Action, { __typename: 'ApplyConfig' }>, '__typename'>;
export type ApplyUsers = Omit<Extract<Action, { __typename: 'ApplyUsers' }>, '__typename'>;

interface NodeStateParts {
  xray: Supervisor;
  files: ConfigFiles;
  applier: Pick<Applier, 'apply'>;
  clock: Clock;
  log: Logger;
}

/** At which revision the node is, and the way to another one. */
export class NodeState {
  /** While a change is under way the node is where it was. */
  private changing: { from: string | undefined } | undefined;
  private changes = 0;
  /** Inbounds in which this start of Xray did not count the right users. */
  private suspects: { tags: ReadonlySet<string>; generation: number } | undefined;
  private cancelCheck = () => {};

  constructor(private readonly parts: NodeStateParts) {}

  begin(): void {
    this.cancelCheck = this.parts.clock.after(CHECK_MS, () => {
      this.begin();
      void this.check();
    });
  }

  end(): void {
    this.cancelCheck();
  }

  /** What was applied and, while Xray runs, is live; undefined before the first configuration of a panel. */
  get revision(): string | undefined {
    if (this.changing) return this.changing.from;
    const { files, xray } = this.parts;
    if (!files.config) return undefined;
    const { live } = xray;
    const foreign = files.foreignHash ?? (live && !live.start.config ? live.start.fingerprint : undefined);
    const drifted = foreign ?? (this.suspectTags.size > 0 ? live?.start.fingerprint : undefined);
    if (drifted !== undefined) return `drift-${drifted.slice(0, DRIFT_DIGITS)}`;
    return this.current?.revision;
  }

  applyConfig({ revision, config }: ApplyConfig): Promise<string> {
    return this.change(() => requireRevision(NodeConfig.from(config), revision));
  }

  applyUsers({ baseRevision, revision, add, remove }: ApplyUsers): Promise<string> {
    return this.change((current, from) => {
      if (!current || from !== baseRevision)
        throw new Error(`The node is at ${from ?? 'no revision of a panel'}, not at ${baseRevision}`);
      return requireRevision(current.withUsers(add, remove), revision);
    });
  }

  /** Whether Xray still has the users that it was given; somebody else may have spoken to its API. */
  async check(): Promise<void> {
    const { xray, log } = this.parts;
    const { api, live } = xray;
    const { changes } = this;
    if (this.changing || !api || !live?.start.config) return;
    try {
      const tags = await miscounted(api, live.start.config);
      if (this.changes !== changes || xray.live !== live) return; // it was a moment in between
      if (tags.length > 0) log.warn({ tags }, 'Xray has other users than it was given');
      this.suspects = { tags: new Set(tags), generation: live.generation };
    } catch (error) {
      log.debug(`The users of Xray could not be counted: ${messageOf(error)}`);
    }
  }

  private async change(
    next: (current: NodeConfig | undefined, from: string | undefined) => NodeConfig,
  ): Promise<string> {
    const from = this.revision;
    const config = next(this.current, from);
    if (config.revision === from && config.revision === this.parts.files.config?.revision)
      return 'The node is at this revision already';
    this.changing = { from };
    this.changes += 1;
    try {
      const output = await this.parts.applier.apply(config, this.suspectTags);
      this.suspects = undefined;
      return output;
    } finally {
      this.changing = undefined;
    }
  }

  private get current(): NodeConfig | undefined {
    return this.parts.xray.live?.start.config ?? this.parts.files.config;
  }

  private get suspectTags(): ReadonlySet<string> {
    const { live } = this.parts.xray;
    return this.suspects && this.suspects.generation === live?.generation ? this.suspects.tags : new Set();
  }
}

/** Panel and agent would else talk about different things under one name. */
function requireRevision(config: NodeConfig, revision: string): NodeConfig {
  if (config.revision !== revision)
    throw new Error(`What was sent makes revision ${config.revision}, and not ${revision} as it says`);
  return config;
}
