import type { EntityManager } from 'typeorm';
import { conflicts, type ConfigProblem, type NamedInbound } from './inbound.validation.js';

export interface PlacedProxy extends NamedInbound {
  id: string;
}

export interface Collision {
  proxy: PlacedProxy;
  problem: ConfigProblem;
}

/**
 * Of all proxies the first that cannot run where it is placed. Those that could not run beside each other are looked for
 * before it is asked whether they share a node: that is rare, and to know all nodes of all proxies takes millions of rows.
 */
export async function firstCollision(
  manager: EntityManager,
  proxies: readonly PlacedProxy[],
): Promise<Collision | undefined> {
  const pairs = proxies.flatMap((proxy, index) => proxies.slice(index + 1).flatMap((other) => rivals(proxy, other)));
  return (await firstOnOneNode(manager, pairs)) ?? (await firstOnAgentPort(manager, proxies));
}

type Pair = Collision & { otherId: string };

function rivals(proxy: PlacedProxy, other: PlacedProxy): Pair[] {
  const [problem] = conflicts(proxy.inbound, [other]);
  return problem ? [{ proxy, problem, otherId: other.id }] : [];
}

async function firstOnOneNode(manager: EntityManager, pairs: readonly Pair[]): Promise<Collision | undefined> {
  if (pairs.length === 0) return undefined;
  const [found] = await manager.query<{ at: number }[]>(
    `WITH served AS MATERIALIZED (
       SELECT proxy_id, node_id FROM proxy_serving WHERE proxy_id = ANY($1::uuid[] || $2::uuid[])),
     together AS MATERIALIZED (
       SELECT a.proxy_id AS a, b.proxy_id AS b FROM served a JOIN served b ON b.node_id = a.node_id AND b.proxy_id <> a.proxy_id)
     SELECT t.at::int FROM together JOIN unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY t (a, b, at) USING (a, b) LIMIT 1`,
    [pairs.map(({ proxy }) => proxy.id), pairs.map(({ otherId }) => otherId)],
  );
  return found && pairs[found.at - 1];
}

async function firstOnAgentPort(
  manager: EntityManager,
  proxies: readonly PlacedProxy[],
): Promise<Collision | undefined> {
  const rows = await manager.query<{ agent_port: number }[]>('SELECT DISTINCT agent_port FROM nodes');
  const ports = rows.map((row) => row.agent_port);
  const suspects = proxies.flatMap((proxy) => {
    const [problem] = conflicts(proxy.inbound, [], ports);
    return problem ? [{ proxy, problem }] : [];
  });
  if (suspects.length === 0) return undefined;
  const [found] = await manager.query<{ proxy_id: string }[]>(
    `SELECT v.proxy_id FROM proxy_serving v JOIN proxies p ON p.id = v.proxy_id
     JOIN nodes n ON n.id = v.node_id AND n.agent_port = p.port WHERE v.proxy_id = ANY($1) LIMIT 1`,
    [suspects.map(({ proxy }) => proxy.id)],
  );
  return found && suspects.find(({ proxy }) => proxy.id === found.proxy_id);
}
