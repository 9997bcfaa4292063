import type { DataSource } from 'typeorm';
import { groupBy } from '../../platform/group-by.js';
import type { Logger } from '../../platform/log.js';
import { hashSecret } from '../../platform/token-secret.js';
import type { ProxyService } from '../proxies/index.js';
import type { SettingsService } from '../settings/index.js';
import { UserStatus, type CredentialStore } from '../users/index.js';
import type { Endpoint, SubscriptionInfo } from './endpoint.js';

const LONGEST_AGENT = 256;
const MOST_ENDPOINTS = 200;

interface SubscriberRow {
  id: string;
  username: string;
  status: UserStatus;
  data_limit: string | null;
  data_used: string;
  expires_at: Date | null;
  credentials: Buffer;
}

interface ServedRow {
  node_id: string;
  node_name: string;
  address: string;
  proxy_id: string;
}

/** What the link of a user stands for at this moment. */
export interface Subscription {
  userId: string;
  info: Omit<SubscriptionInfo, 'pageUrl'>;
  endpoints: Endpoint[];
}

/** Finds by a link what its user may use. The link itself is all that is asked for: whoever has it is the user. */
export class SubscriptionService {
  constructor(
    private readonly db: DataSource,
    private readonly proxies: ProxyService,
    private readonly credentials: CredentialStore,
    private readonly settings: SettingsService,
    private readonly log: Logger,
  ) {}

  /** Undefined for an unknown token. Found by its hash, so that no time tells how much of a guess was right. */
  async open(token: string): Promise<Subscription | undefined> {
    const [user] = await this.db.query<SubscriberRow[]>(
      `SELECT id, username, status, data_limit, data_used, expires_at, credentials FROM users
       WHERE subscription_hash = $1`,
      [hashSecret(token)],
    );
    if (!user) return undefined;
    const { subscriptionTitle: title, subscriptionUpdateHours: updateHours } = await this.settings.read();
    const usage = {
      upload: 0n,
      download: BigInt(user.data_used),
      total: user.data_limit === null ? null : BigInt(user.data_limit),
      expiresAt: user.expires_at,
    };
    return {
      userId: user.id,
      info: { title, username: user.username, usage, updateHours, status: user.status },
      // Who may not use the nodes is not told of them either.
      endpoints: user.status === UserStatus.ACTIVE ? await this.endpoints(user) : [],
    };
  }

  /** For support: when and with which app a link was last used. Not worth failing for. */
  noteFetch(userId: string, userAgent: string | undefined): void {
    const agent = userAgent?.replaceAll(/[^\x20-\x7e]/g, '').slice(0, LONGEST_AGENT) ?? null;
    this.db
      .query('UPDATE users SET subscription_fetched_at = now(), subscription_agent = $2 WHERE id = $1', [userId, agent])
      .catch((error: unknown) => this.log.warn({ err: error }, 'the use of a subscription link was not noted'));
  }

  /** Every proxy on every node of the user's groups, by the names of the nodes. */
  private async endpoints({ id, credentials: sealed }: SubscriberRow): Promise<Endpoint[]> {
    const served = await this.db.query<ServedRow[]>(
      `SELECT n.id AS node_id, n.name AS node_name, n.address, v.proxy_id
       FROM nodes n JOIN node_status s ON s.node_id = n.id JOIN proxy_serving v ON v.node_id = n.id
       JOIN proxies p ON p.id = v.proxy_id
       WHERE p.enabled AND n.mode <> 'DISABLED' AND s.registered_at IS NOT NULL AND n.id IN (
         SELECT g.node_id FROM user_groups m JOIN group_nodes g ON g.group_id = m.group_id WHERE m.user_id = $1)
       ORDER BY n.name, p.name LIMIT $2`,
      [id, MOST_ENDPOINTS],
    );
    const proxies = new Map((await this.proxies.enabled(this.db)).map((proxy) => [proxy.id, proxy]));
    const perNode = groupBy(served, (row) => row.node_id);
    const credentials = this.credentials.open(id, sealed);
    return served.flatMap((row) => {
      const proxy = proxies.get(row.proxy_id);
      if (!proxy) return [];
      const alone = perNode.get(row.node_id)?.length === 1;
      const name = alone ? row.node_name : `${row.node_name} · ${proxy.name}`;
      const { secretInbound: inbound } = proxy;
      return [{ id: `${row.node_id}.${proxy.id}`, name, host: row.address, port: proxy.port, inbound, credentials }];
    });
  }
}
