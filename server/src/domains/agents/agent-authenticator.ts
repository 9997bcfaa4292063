import type { DataSource } from 'typeorm';
import type { EventBus } from '../../platform/events/bus.js';
import { isInBlocks } from '../../platform/ip-address.js';
import type { Logger } from '../../platform/log.js';
import { secretMatches } from '../../platform/token-secret.js';
import { ViewerKind, type AgentPrincipal } from '../access/index.js';
import type { NodeTokenKind } from './node-token.entity.js';

const FORMAT = /^(vpj1|vpn1)\.([a-z0-9]{4,32})\.([A-Za-z0-9_-]{43})(?:\.|$)/;

interface TokenRow {
  id: string;
  node_id: string;
  kind: NodeTokenKind;
  secret_hash: Buffer;
  expired: boolean;
  used_at: Date | null;
  revoked_at: Date | null;
  ip_allowlist: string[];
}

/**
 * Decides whether a token of a node is good. To the caller every failure looks the same; the log, and for join tokens
 * the node's page, say what it was.
 */
export class AgentAuthenticator {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly log: Logger,
  ) {}

  async authenticate(authorization: unknown, remoteAddress: string): Promise<AgentPrincipal | undefined> {
    const match = typeof authorization === 'string' ? FORMAT.exec(authorization.replace(/^Bearer /, '')) : null;
    const [, prefix, id = '', secret = ''] = match ?? [];
    const row = match ? await this.find(id, prefix === 'vpj1' ? 'JOIN' : 'NODE') : undefined;
    const fits = secretMatches(secret, row?.secret_hash);
    const problem = !row || !fits ? 'unknown' : problemOf(row, remoteAddress);
    if (!row || problem) {
      this.log.warn({ remoteAddress, tokenId: id || undefined, problem }, 'an agent was refused');
      if (row && fits && problem && row.kind === 'JOIN') await this.tellOperator(row.node_id, problem, remoteAddress);
      return undefined;
    }
    return { kind: ViewerKind.AGENT, nodeId: row.node_id, tokenId: row.id, joining: row.kind === 'JOIN' };
  }

  private async find(id: string, kind: NodeTokenKind): Promise<TokenRow | undefined> {
    const [row] = await this.db.query<TokenRow[]>(
      `SELECT t.id, t.node_id, t.kind, t.secret_hash, t.used_at, t.revoked_at, n.ip_allowlist,
         coalesce(t.expires_at <= now(), false) AS expired
       FROM node_tokens t JOIN nodes n ON n.id = t.node_id WHERE t.id = $1 AND t.kind = $2`,
      [id, kind],
    );
    return row;
  }

  private async tellOperator(nodeId: string, problem: string, remoteAddress: string): Promise<void> {
    const text = `A join from ${remoteAddress} was refused: ${problem}`;
    await this.db.query('UPDATE node_status SET join_problem = $2 WHERE node_id = $1', [nodeId, text]);
    this.events.publish('nodeChanged', { nodeId, kind: 'UPDATED' });
  }
}

function problemOf(row: TokenRow, remoteAddress: string): string | undefined {
  if (row.kind === 'JOIN' && row.used_at) return 'the join token was used before';
  if (row.revoked_at) return 'the token was revoked or replaced';
  if (row.expired) return 'the join token has expired';
  if (!isInBlocks(remoteAddress, row.ip_allowlist)) return 'the address is not in the allow list of the node';
  return undefined;
}
