import type { DataSource } from 'typeorm';

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

const flat = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flat)];

/** How PostgreSQL has come by its answers: what it did, not how long it took. */
export class Plans {
  private readonly plans: Plan[] = [];

  /** Whatever is asked of it is answered by `db`, and explained beside. */
  static of(db: DataSource): { db: DataSource; plans: Plans } {
    const plans = new Plans();
    const query = async (sql: string, values: unknown[]): Promise<unknown> => {
      const [row] = (await db.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${sql}`, values)) as [
        { 'QUERY PLAN': [{ Plan: Plan }] },
      ];
      plans.plans.push(...flat(row['QUERY PLAN'][0].Plan));
      return db.query(sql, values);
    };
    return { db: { query } as unknown as DataSource, plans };
  }

  /** Tables that were read from one end to the other. */
  get scanned(): string[] {
    return this.plans.flatMap((plan) => (plan['Node Type'] === 'Seq Scan' ? (plan['Relation Name'] ?? []) : []));
  }

  /** Rows of tables that were looked at, whether they were of use or not. */
  get rowsRead(): number {
    return this.sum((plan) => plan['Relation Name'] !== undefined);
  }

  /** Rows that went from any step to the next. */
  get rowsHandled(): number {
    return this.sum(() => true);
  }

  private sum(counts: (plan: Plan) => boolean): number {
    return this.plans.filter(counts).reduce((sum, plan) => {
      const removed = (plan['Rows Removed by Filter'] ?? 0) + (plan['Rows Removed by Index Recheck'] ?? 0);
      return sum + (plan['Actual Rows'] + removed) * plan['Actual Loops'];
    }, 0);
  }
}
