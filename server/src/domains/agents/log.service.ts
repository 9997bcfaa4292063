import type { DataSource } from 'typeorm';
import { badInput } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { LogLine, LogLineInput, LogSource } from './agent.types.js';

const MOST_LINES = 1_000;
const LONGEST_LINE = 2_000;
const KEPT_DAYS = 7;
const KEPT_LINES = 5_000;

interface LogRow {
  at: Date;
  source: LogSource;
  line: string;
}

/** The newest lines of the logs of every node, also of nodes that cannot be asked any more. */
export class LogService {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
  ) {}

  /** Lines that are known already are stored once and not announced again. */
  async store(nodeId: string, lines: LogLineInput[]): Promise<number> {
    if (lines.length > MOST_LINES) throw badInput([{ path: 'lines', message: `must be at most ${MOST_LINES}` }]);
    const texts = lines.map(({ text }) => text.replaceAll('\0', '').slice(0, LONGEST_LINE));
    const rows = await this.db.query<LogRow[]>(
      `INSERT INTO node_logs (node_id, at, source, line)
       SELECT $1, * FROM unnest($2::timestamptz[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING
       RETURNING at, source, line`,
      [nodeId, lines.map(({ at }) => at), lines.map(({ source }) => source), texts],
    );
    if (rows.length > 0) {
      const stored = rows.map(({ at, source, line }) => ({ at: at.toISOString(), source, text: line }));
      this.events.publish('nodeLogs', { nodeId, lines: stored });
    }
    return lines.length;
  }

  /** Oldest first. */
  async newest(nodeId: string, last: number): Promise<LogLine[]> {
    if (last < 1 || last > MOST_LINES) throw badInput([{ path: 'last', message: `must be 1 to ${MOST_LINES}` }]);
    const rows = await this.db.query<LogRow[]>(
      'SELECT at, source, line FROM node_logs WHERE node_id = $1 ORDER BY at DESC, id DESC LIMIT $2',
      [nodeId, last],
    );
    return rows.toReversed().map(({ at, source, line }) => ({ at, source, text: line }));
  }

  async removeOld(): Promise<void> {
    await this.db.query(`DELETE FROM node_logs WHERE at < now() - $1 * interval '1 day'`, [KEPT_DAYS]);
    await this.db.query(
      `DELETE FROM node_logs l USING (
         SELECT node_id, (SELECT at FROM node_logs o WHERE o.node_id = g.node_id
           ORDER BY at DESC OFFSET $1 LIMIT 1) AS oldest
         FROM (SELECT node_id FROM node_logs GROUP BY node_id HAVING count(*) > $1) g) full_nodes
       WHERE l.node_id = full_nodes.node_id AND l.at <= full_nodes.oldest`,
      [KEPT_LINES],
    );
  }
}
