import type { DataSource } from 'typeorm';
import type { Logger } from './log.js';

const EVERY_MS = 3_000;
/** A panel that has not renewed for this long has lost its shards. */
const LEASE_SECONDS = 15;

export interface ShardChange {
  gained: number[];
  lost: number[];
}

/**
 * Work that the panels of a cluster share: it is cut into shards, and each shard is done by the one panel that holds its
 * lease, judged by the clock of the database. A panel takes no more than its share, and gives back what it has too much
 * when another one comes.
 */
export class ShardLeases {
  private readonly heldUntil = new Map<number, number>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly parts: {
      name: string;
      shards: number;
      panelId: string;
      db: DataSource;
      log: Logger;
      /** Panels that live, this one included. */
      panels: () => number;
      changed: (change: ShardChange) => void;
    },
  ) {}

  async start(): Promise<void> {
    await this.turn();
    this.schedule();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const held = [...this.heldUntil.keys()];
    this.heldUntil.clear();
    await this.release(held);
  }

  /** Whether the shard is this panel's by its own clock as well: a panel that slept must not go on as if it had not. */
  holds(shard: number): boolean {
    return (this.heldUntil.get(shard) ?? 0) > performance.now();
  }

  /** Of an id in hexadecimal digits, such as a UUID. */
  shardOf(id: string): number {
    return Number.parseInt(id.slice(0, 8), 16) % this.parts.shards;
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      this.turn()
        .catch((error: unknown) =>
          this.parts.log.warn({ err: error, name: this.parts.name }, 'leases were not renewed'),
        )
        .finally(() => {
          if (!this.stopped) this.schedule();
        });
    }, EVERY_MS);
    this.timer.unref();
  }

  private async turn(): Promise<void> {
    const { shards, panels } = this.parts;
    const share = Math.ceil(shards / Math.max(1, panels()));
    const before = new Set(this.heldUntil.keys());
    const asked = performance.now();
    const wanted = [...before].slice(0, share);
    const spare = [...before].slice(share);
    await this.release(spare);
    const renewed = await this.acquire(wanted.length > 0 ? wanted : []);
    const free = Array.from({ length: shards }, (_none, shard) => shard).filter((shard) => !renewed.includes(shard));
    const more = share > renewed.length ? await this.acquire(free, share - renewed.length) : [];
    if (this.stopped) return;
    this.heldUntil.clear();
    for (const shard of [...renewed, ...more]) this.heldUntil.set(shard, asked + LEASE_SECONDS * 1_000);
    const gained = [...this.heldUntil.keys()].filter((shard) => !before.has(shard));
    const lost = [...before].filter((shard) => !this.heldUntil.has(shard));
    if (gained.length + lost.length > 0) this.parts.changed({ gained, lost });
  }

  private async acquire(shards: readonly number[], most = shards.length): Promise<number[]> {
    if (shards.length === 0) return [];
    const { db, name, panelId } = this.parts;
    const rows = await db.query<{ name: string }[]>(
      `INSERT INTO leases AS l (name, holder, term, expires_at)
       SELECT s, $2, 1, now() + $3 * interval '1 second' FROM (
         SELECT s FROM unnest($1::text[]) s WHERE NOT EXISTS (
           SELECT FROM leases o WHERE o.name = s AND o.holder <> $2 AND o.expires_at >= now())
         ORDER BY random() LIMIT $4) free ORDER BY s
       ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires_at = excluded.expires_at,
         term = l.term + CASE WHEN l.holder = excluded.holder THEN 0 ELSE 1 END
       WHERE l.holder = excluded.holder OR l.expires_at < now()
       RETURNING l.name`,
      [shards.map((shard) => `${name}-${shard}`), panelId, LEASE_SECONDS, most],
    );
    return rows.map((row) => Number(row.name.slice(name.length + 1)));
  }

  private async release(shards: readonly number[]): Promise<void> {
    if (shards.length === 0) return;
    const { db, name, panelId } = this.parts;
    await db.query('DELETE FROM leases WHERE name = ANY($1) AND holder = $2', [
      shards.map((shard) => `${name}-${shard}`),
      panelId,
    ]);
  }
}
