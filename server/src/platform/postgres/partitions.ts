import type { DataSource } from 'typeorm';
import type { Clock } from '../clock.js';

const DAY_MS = 86_400_000;
const DAYS_AHEAD = 3;

/** A table that is partitioned by day on its column `at`, with a default partition named `<table>_default`. */
export interface PartitionedTable {
  table: string;
  keptDays: number;
}

const dayOf = (time: number): Date => new Date(Math.floor(time / DAY_MS) * DAY_MS);
const isoDay = (day: Date): string => day.toISOString().slice(0, 10);
const partitionName = (table: string, day: Date): string => `${table}_${isoDay(day).replaceAll('-', '')}`;

/**
 * Makes the days ahead and drops those past their retention. A day whose rows went into the default partition before
 * it was made (a node with a clock far ahead) is left there.
 */
export class Partitions {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async maintain(tables: readonly PartitionedTable[]): Promise<void> {
    const now = this.clock.now().getTime();
    for (const { table, keptDays } of tables) {
      const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, index) => dayOf(now + (index - 1) * DAY_MS));
      for (const day of days) await this.make(table, day);
      await this.dropBefore(table, dayOf(now - keptDays * DAY_MS));
    }
  }

  private async make(table: string, day: Date): Promise<void> {
    const next = new Date(day.getTime() + DAY_MS);
    const [row] = await this.db.query<{ make: boolean }[]>(
      `SELECT to_regclass($1) IS NULL AND NOT EXISTS (SELECT 1 FROM ${table}_default WHERE at >= $2 AND at < $3) AS make`,
      [partitionName(table, day), day, next],
    );
    if (!row?.make) return;
    await this.db.query(
      `CREATE TABLE IF NOT EXISTS ${partitionName(table, day)} PARTITION OF ${table}
       FOR VALUES FROM ('${isoDay(day)}T00:00:00Z') TO ('${isoDay(next)}T00:00:00Z')`,
    );
  }

  private async dropBefore(table: string, oldest: Date): Promise<void> {
    const rows = await this.db.query<{ name: string }[]>(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = $1::regclass AND c.relname ~ '_[0-9]{8}$'`,
      [table],
    );
    const last = partitionName(table, oldest);
    for (const { name } of rows) if (name < last) await this.db.query(`DROP TABLE IF EXISTS ${name}`);
    await this.db.query(`DELETE FROM ${table}_default WHERE at < $1`, [oldest]);
  }
}
