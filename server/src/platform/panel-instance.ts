import type { DataSource } from 'typeorm';
import type { Logger } from './log.js';

const BEAT_MS = 5_000;
/** A panel that has not beaten for this long is taken for dead. */
export const DEAD_AFTER_SECONDS = 20;

/** This panel among those that share the database: it beats, and counts the others that do. */
export class PanelInstance {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    readonly id: string,
    private readonly db: DataSource,
    private readonly log: Logger,
    private readonly onPeers: (peers: number) => void,
  ) {}

  async start(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => {
      this.beat().catch((error: unknown) => this.log.warn({ err: error }, 'this panel could not beat'));
    }, BEAT_MS);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.db.query('DELETE FROM panel_instances WHERE id = $1', [this.id]);
  }

  private async beat(): Promise<void> {
    await this.db.query(
      `INSERT INTO panel_instances (id) VALUES ($1)
       ON CONFLICT (id) DO UPDATE SET beat_at = now()`,
      [this.id],
    );
    await this.db.query(`DELETE FROM panel_instances WHERE beat_at < now() - interval '1 hour'`);
    const [row] = await this.db.query<{ peers: number }[]>(
      `SELECT count(*)::int AS peers FROM panel_instances
       WHERE id <> $1 AND beat_at > now() - $2 * interval '1 second'`,
      [this.id, DEAD_AFTER_SECONDS],
    );
    this.onPeers(row?.peers ?? 0);
  }
}
