import type { DataSource } from 'typeorm';
import type { Logger } from './log.js';

export interface Job {
  /** Also the name of its lease. */
  name: string;
  everyMs: number;
  run(): Promise<void>;
}

/**
 * Periodic work of which a cluster must do each piece once. A panel does a job only while it holds the job's lease,
 * judged by the clock of the database; a holder that dies is followed by another when its lease has run out.
 */
export class JobRunner {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(
    private readonly panelId: string,
    private readonly db: DataSource,
    private readonly log: Logger,
  ) {}

  start(jobs: Job[]): void {
    for (const job of jobs) this.schedule(job, Math.min(job.everyMs, 1_000));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.allSettled(this.running);
    await this.db.query('DELETE FROM leases WHERE holder = $1', [this.panelId]);
  }

  private schedule(job: Job, waitMs: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const done = this.runOnce(job).finally(() => {
        this.running.delete(done);
        if (!this.stopped) this.schedule(job, job.everyMs);
      });
      this.running.add(done);
    }, waitMs);
    timer.unref();
    this.timers.add(timer);
  }

  private async runOnce(job: Job): Promise<void> {
    try {
      if (await this.holdLease(job)) await job.run();
    } catch (error) {
      this.log.error({ err: error, job: job.name }, 'a job failed, it runs again at its next turn');
    }
  }

  private async holdLease({ name, everyMs }: Job): Promise<boolean> {
    const rows = await this.db.query<{ term: string }[]>(
      `INSERT INTO leases AS l (name, holder, term, expires_at)
       VALUES ($1, $2, 1, now() + $3 * interval '1 millisecond')
       ON CONFLICT (name) DO UPDATE SET
         holder = excluded.holder,
         term = l.term + CASE WHEN l.holder = excluded.holder THEN 0 ELSE 1 END,
         expires_at = excluded.expires_at
       WHERE l.holder = excluded.holder OR l.expires_at < now()
       RETURNING term`,
      [name, this.panelId, everyMs * 2 + 15_000],
    );
    return rows.length > 0;
  }
}
