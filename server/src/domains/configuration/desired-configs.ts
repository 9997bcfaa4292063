import type { DataSource, EntityManager } from 'typeorm';
import type { ProxyService } from '../proxies/index.js';
import type { CredentialStore } from '../users/index.js';
import { buildNodeConfig, type NodeConfig, type ServedProxy, type UserSetDigest } from './node-config.js';

/** A user as a node gets it. */
export interface NodeUser {
  id: string;
  uuid: string;
  password: string;
}

export interface UserChanges {
  add: NodeUser[];
  remove: string[];
}

export interface DesiredNode {
  config: NodeConfig;
  /** The groups that its users come from, sorted. */
  groupIds: readonly string[];
  /** Names everything but the users, and where the users come from: while it stays, changes of users suffice. */
  structure: string;
}

/** Beyond this many changes the whole is no bigger. */
export const MOST_CHANGES = 20_000;

/**
 * What nodes should run, at one moment: everything is read from one snapshot of the database, so that version, users and
 * proxies belong together. Nodes of the same groups and proxies share the work.
 */
export class Snapshot {
  private readonly digests = new Map<string, Promise<UserSetDigest>>();
  private readonly differences = new Map<string, Promise<UserChanges | undefined>>();
  private readonly configs = new Map<string, NodeConfig>();

  constructor(
    private readonly manager: EntityManager,
    /** Of the newest change in it. */
    readonly version: string,
    private readonly forgottenThrough: bigint,
    private readonly proxies: ReadonlyMap<string, ServedProxy>,
    private readonly allowPrivateTargets: boolean,
    private readonly credentials: CredentialStore,
    private readonly opened: OpenedUsers,
  ) {}

  async desired(nodeIds: readonly string[]): Promise<Map<string, DesiredNode>> {
    const rows = await this.manager.query<{ id: string; groups: string[]; proxies: string[] }[]>(
      `SELECT n.id,
         ARRAY(SELECT m.group_id::text FROM group_nodes m WHERE m.node_id = n.id ORDER BY 1) AS groups,
         ARRAY(SELECT p.id::text FROM proxies p WHERE p.enabled AND (p.everywhere
           OR EXISTS (SELECT FROM proxy_nodes t WHERE t.proxy_id = p.id AND t.node_id = n.id)
           OR EXISTS (SELECT FROM proxy_groups t JOIN group_nodes m ON m.group_id = t.group_id
             WHERE t.proxy_id = p.id AND m.node_id = n.id)) ORDER BY 1) AS proxies
       FROM nodes n WHERE n.id = ANY($1)`,
      [nodeIds],
    );
    const nodes = new Map<string, DesiredNode>();
    for (const { id, groups, proxies } of rows) {
      const config = await this.config(groups, proxies);
      nodes.set(id, { config, groupIds: groups, structure: `${config.structure}:${groups.join()}` });
    }
    return nodes;
  }

  /** The active users of these groups, by id. */
  usersOf(groupIds: readonly string[]): Promise<NodeUser[]> {
    return this.opened.of(`${this.version}:${groupIds.join()}`, async () => {
      const rows = await this.manager.query<{ id: string; credentials: Buffer }[]>(
        `SELECT u.id, u.credentials FROM (${MEMBERS}) m JOIN users u ON u.id = m.user_id
         WHERE u.status = 'ACTIVE' ORDER BY u.id`,
        [groupIds],
      );
      return rows.map(({ id, credentials }) => ({ id, ...this.credentials.open(id, credentials) }));
    });
  }

  /** What has changed since a version, undefined when that cannot be told or is more than the whole. */
  changesSince(groupIds: readonly string[], version: string): Promise<UserChanges | undefined> {
    if (BigInt(version) < this.forgottenThrough) return Promise.resolve(undefined);
    return remembered(this.differences, `${version}:${groupIds.join()}`, async () => {
      const rows = await this.manager.query<{ id: string; credentials: Buffer | null; present: boolean }[]>(CHANGES, [
        groupIds,
        version,
        MOST_CHANGES + 1,
      ]);
      if (rows.length > MOST_CHANGES) return undefined;
      const add = rows.flatMap(({ id, credentials, present }) =>
        present && credentials ? [{ id, ...this.credentials.open(id, credentials) }] : [],
      );
      return { add, remove: rows.filter(({ present }) => !present).map(({ id }) => id) };
    });
  }

  async countOf(groupIds: readonly string[]): Promise<number> {
    return (await this.digestOf(groupIds)).count;
  }

  private async config(groupIds: string[], proxyIds: string[]): Promise<NodeConfig> {
    const users = await this.digestOf(groupIds);
    const key = `${groupIds.join()}|${proxyIds.join()}`;
    let config = this.configs.get(key);
    if (!config) {
      const proxies = proxyIds.flatMap((id) => this.proxies.get(id) ?? []);
      config = buildNodeConfig(proxies, users, { allowPrivateTargets: this.allowPrivateTargets });
      this.configs.set(key, config);
    }
    return config;
  }

  private digestOf(groupIds: readonly string[]): Promise<UserSetDigest> {
    return remembered(this.digests, groupIds.join(), async () => {
      const [row] = await this.manager.query<{ count: number; a: string; b: string }[]>(
        `SELECT count(*)::int AS count, coalesce(sum(u.digest_a), 0)::text AS a, coalesce(sum(u.digest_b), 0)::text AS b
         FROM (${MEMBERS}) m JOIN users u ON u.id = m.user_id WHERE u.status = 'ACTIVE'`,
        [groupIds],
      );
      return { count: row!.count, a: BigInt(row!.a), b: BigInt(row!.b) };
    });
  }
}

const MEMBERS = 'SELECT DISTINCT user_id FROM user_groups WHERE group_id = ANY($1::uuid[])';

/** Who has left a group has a newer version, or is gone. First those few are found, then they are looked at. */
const CHANGES = `
WITH changed AS MATERIALIZED (
  SELECT u.id, u.credentials, u.status = 'ACTIVE' AS active,
    EXISTS (SELECT FROM user_groups m WHERE m.user_id = u.id AND m.group_id = ANY($1::uuid[])) AS member
  FROM users u WHERE u.version > $2::bigint
)
SELECT id, credentials, active AS present FROM changed WHERE member
UNION ALL
SELECT DISTINCT d.user_id, NULL::bytea, false FROM user_departures d
WHERE d.version > $2::bigint AND d.group_id = ANY($1::uuid[])
  AND NOT EXISTS (SELECT FROM changed c WHERE c.id = d.user_id AND c.member)
ORDER BY id LIMIT $3`;

function remembered<T>(memory: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  let value = memory.get(key);
  if (!value) memory.set(key, (value = make()));
  return value;
}

/** The newest sets of users with their credentials opened: a roll-out comes back to the same ones again and again. */
class OpenedUsers {
  private readonly sets = new Map<string, Promise<NodeUser[]>>();

  of(key: string, open: () => Promise<NodeUser[]>): Promise<NodeUser[]> {
    let users = this.sets.get(key);
    if (!users) {
      users = open();
      users.catch(() => this.sets.delete(key));
      this.sets.set(key, users);
      if (this.sets.size > MOST_SETS) this.sets.delete(this.sets.keys().next().value!);
    }
    return users;
  }
}

const MOST_SETS = 3;

export class DesiredConfigs {
  private readonly opened = new OpenedUsers();

  constructor(
    private readonly db: DataSource,
    private readonly proxies: ProxyService,
    private readonly credentials: CredentialStore,
  ) {}

  /** Whatever `work` reads is of one moment. */
  at<T>(work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
    return this.db.transaction('REPEATABLE READ', async (manager) => {
      const [row] = await manager.query<{ version: string; forgotten_through: string; allowed: boolean }[]>(
        `SELECT c.version, c.forgotten_through, s.allow_private_targets AS allowed FROM config_clock c, settings s`,
      );
      const proxies = await this.proxies.enabled(manager);
      const served = new Map(proxies.map(({ id, secretInbound }) => [id, { id, inbound: secretInbound }]));
      const { version, forgotten_through: forgotten, allowed } = row!;
      return work(new Snapshot(manager, version, BigInt(forgotten), served, allowed, this.credentials, this.opened));
    });
  }
}
