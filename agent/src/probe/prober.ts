import { isIP } from 'node:net';
import type { Clock } from '../clock.js';
import { codeOf } from '../errors.js';
import type { AgentCommandsSubscription, ProbeReportInput } from '../gql/graphql.js';
import { connectOnce } from './connect.js';
import { resolveNow } from './resolve.js';
import type { Names } from './resolve.js';

const MAX_TARGETS = 32;
const MAX_AT_ONCE = 4;
const TIMEOUT_MS = { min: 100, max: 10_000 };
/** Of one name; more would be a scan of whatever its owner has put there. */
const MAX_ADDRESSES = 4;
const MAX_NAME = 253;

type Action = AgentCommandsSubscription['agentCommands']['action'];
export type ProbeTargets = Omit<Extract<Action, { __typename: 'ProbeTargets' }>, '__typename'>;
type Target = ProbeTargets['targets'][number];

/**
 * Looks at ports of other nodes for the panel. Private and link-local addresses, too: only the panel names targets, and
 * its nodes may well be in one network.
 */
export class Prober {
  private underWay = 0;

  constructor(
    private readonly clock: Clock,
    private readonly names: Names = {},
  ) {}

  /** One report for each target, in their order. */
  async probe({ targets, timeoutMs }: ProbeTargets): Promise<ProbeReportInput[]> {
    if (targets.length > MAX_TARGETS)
      throw new Error(`${targets.length} targets are too many: at most ${MAX_TARGETS} are looked at in one command`);
    if (this.underWay >= MAX_AT_ONCE)
      throw new Error(`This node is busy with ${MAX_AT_ONCE} other commands to look at targets, and takes no more`);
    const limitMs = Math.min(Math.max(timeoutMs, TIMEOUT_MS.min), TIMEOUT_MS.max);
    this.underWay += 1;
    try {
      return await Promise.all(targets.map((target) => this.report(target, limitMs)));
    } finally {
      this.underWay -= 1;
    }
  }

  private async report(target: Target, limitMs: number): Promise<ProbeReportInput> {
    const { nodeId, port } = target;
    const aborter = new AbortController();
    const cancel = this.clock.after(limitMs, () => aborter.abort());
    try {
      const latencyMs = Math.round((await this.latencyOf(target, aborter.signal)) * 10) / 10;
      return { nodeId, port, ok: true, latencyMs, error: null };
    } catch (error) {
      const code = codeOf(error) ?? (aborter.signal.aborted ? 'ETIMEDOUT' : 'EINVAL');
      return { nodeId, port, ok: false, latencyMs: null, error: code };
    } finally {
      cancel();
      aborter.abort(); // the other addresses of the name
    }
  }

  private async latencyOf({ address, port }: Target, signal: AbortSignal): Promise<number> {
    const host = address.trim();
    if (!Number.isInteger(port) || port < 1 || port > 65_535 || host === '' || host.length > MAX_NAME)
      throw new Error('This is no target');
    const hosts = isIP(host) ? [host] : (await resolveNow(host, signal, this.names)).slice(0, MAX_ADDRESSES);
    return firstOf(hosts.map((each) => connectOnce(each, port, signal, this.clock)));
  }
}

/** The first that succeeds, or the failure of the first. */
async function firstOf<Value>(attempts: Promise<Value>[]): Promise<Value> {
  return Promise.any(attempts).catch((error: unknown) => {
    throw error instanceof AggregateError ? error.errors[0] : error;
  });
}
