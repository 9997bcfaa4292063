import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** A connection publishes what it has counted once a second while it works, and 10 s after it has fallen idle. */
const PUBLISHED_WITHIN_MS = 11_000;

export interface RowCounts {
  read: number;
  inserted: number;
  deleted: number;
}

/** What a panel's PostgreSQL says of its own work. Reads statistics, never the panel's tables. */
export class PostgresStatistics {
  private constructor(private readonly client: pg.Client) {}

  static async open(dataDir: string): Promise<PostgresStatistics> {
    const client = new pg.Client({
      ...address(join(dataDir, 'postgres')),
      user: 'vpanel',
      database: 'postgres',
      password: readFileSync(join(dataDir, 'postgres.secret'), 'utf8').trim(),
    });
    await client.connect();
    return new PostgresStatistics(client);
  }

  /** Of tables whose names match, read through an index or from end to end. */
  async rows(tablePattern: string): Promise<RowCounts> {
    const { rows } = await this.client.query<RowCounts>(
      `SELECT coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)::float8 AS read,
         coalesce(sum(n_tup_ins), 0)::float8 AS inserted, coalesce(sum(n_tup_del), 0)::float8 AS deleted
       FROM pg_stat_user_tables WHERE relname ~ $1`,
      [tablePattern],
    );
    return rows[0] ?? { read: 0, inserted: 0, deleted: 0 };
  }

  /** Rows of the matching tables that were read while the work went on. */
  async rowsRead<Result>(tablePattern: string, work: () => Promise<Result>): Promise<{ result: Result; rows: number }> {
    await sleep(PUBLISHED_WITHIN_MS);
    const before = await this.rows(tablePattern);
    const result = await work();
    await sleep(PUBLISHED_WITHIN_MS);
    const after = await this.rows(tablePattern);
    return { result, rows: after.read - before.read };
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/** The socket in the cluster's folder, or the port of the loopback where that path was too long for a socket. */
function address(clusterDir: string): { host: string; port: number } {
  const [, , , port, socketDir] = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
  return { host: socketDir || '127.0.0.1', port: Number(port) };
}
