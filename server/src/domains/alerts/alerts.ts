import type { DataSource, EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { NotificationEvent } from './alert.types.js';
import type { AlertFacts, MessageForm } from './message.js';
import { MOST_IN_A_ROW, nextQuiet, QUIET_MS, type QuietState } from './quiet.js';
import { storable } from './scrub.js';

/** Something that administrators may want to hear of. */
export interface Alert {
  event: NotificationEvent;
  /** Names this one happening: each channel is told at most once of it, however often it is raised. */
  dedupeKey: string;
  /** Names what it happens to: when that flaps, the channels are told so once instead of each time. */
  coalesceKey?: string;
  nodeId?: string;
  facts: AlertFacts;
}

const KEPT_DAYS = 30;
const RELEASED_AT_ONCE = 500;

interface Listener {
  id: string;
  events: NotificationEvent[];
}

interface Row {
  channelId: string;
  dedupeKey: string;
  coalesceKey: string | null;
  event: NotificationEvent;
  form: MessageForm;
  nodeId: string | null;
  facts: AlertFacts;
  covers: number;
  state: 'PENDING' | 'HELD_BACK';
}

interface QuietRow {
  channel_id: string;
  coalesce_key: string;
  recent: number[];
  flapping_since: Date | null;
  last_at: Date;
}

const pairKey = (channelId: string, key: string): string => `${channelId} ${key}`;

/**
 * How every domain says that something has happened. The messages are rows, written in the transaction of what they tell
 * of: neither comes without the other, whoever is killed. The sender looks at the rows.
 */
export class Alerts {
  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Queues a message for each channel that wants to hear of it; answers how many. To be called once in a transaction, with
   * all that it has to tell, since rows are locked in the order of their keys; and `announce` after the commit.
   */
  async raise(manager: EntityManager, ...raised: Alert[]): Promise<number> {
    const alerts = raised.map(cleaned).toSorted(bySubject);
    const listeners = await listenersOf(manager, alerts);
    const told = listeners.flatMap(({ id, events }) =>
      alerts.filter(({ event }) => events.includes(event)).map((alert) => ({ channelId: id, alert })),
    );
    if (told.length === 0) return 0;
    const now = this.clock.now();
    const quiet = await lockQuiet(manager, told, now);
    const known = await knownOf(manager, told);
    const rows: Row[] = [];
    for (const { channelId, alert } of told) {
      const key = pairKey(channelId, alert.dedupeKey);
      if (known.has(key)) continue;
      known.add(key);
      rows.push(...rowsOf(channelId, alert, quiet, now));
    }
    await storeQuiet(manager, quiet);
    return insertRows(manager, rows, now);
  }

  /** To be called after the commit. A lost call costs a moment, not the message. */
  announce(): void {
    this.events.publish('alertsRaised', {});
  }

  /** Sends what was held back last of each subject that has become quiet: what it has ended in is worth a message. */
  async releaseCalm(): Promise<void> {
    const now = this.clock.now();
    const released = await this.db.transaction(async (manager) => {
      const calm = await manager.query<{ channel_id: string; coalesce_key: string; flapping_since: Date }[]>(
        `SELECT channel_id, coalesce_key, flapping_since FROM alert_quiet
         WHERE flapping_since IS NOT NULL AND last_at <= $1 ORDER BY channel_id, coalesce_key LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [new Date(now.getTime() - QUIET_MS), RELEASED_AT_ONCE],
      );
      for (const row of calm) await release(manager, row, now);
      return calm.length;
    });
    if (released > 0) this.announce();
  }

  async removeOld(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.db.query(`DELETE FROM alert_deliveries WHERE raised_at < $1 AND state <> 'PENDING'`, [
      new Date(now - KEPT_DAYS * 86_400_000),
    ]);
    await this.db.query('DELETE FROM alert_quiet WHERE last_at < $1 AND flapping_since IS NULL', [
      new Date(now - QUIET_MS),
    ]);
  }
}

/** A text that cannot be stored must not undo the transaction of whoever tells it. */
const cleaned = (alert: Alert): Alert => ({
  ...alert,
  dedupeKey: storable(alert.dedupeKey),
  ...(alert.coalesceKey !== undefined && { coalesceKey: storable(alert.coalesceKey) }),
  facts: JSON.parse(JSON.stringify(alert.facts, (_name, value: unknown) => cleanedFact(value))) as AlertFacts,
});

const cleanedFact = (value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'string' ? storable(value) : value;
};

const subjectOf = ({ coalesceKey, dedupeKey }: Alert): string => coalesceKey ?? dedupeKey;

/** What concerns one subject stays in the order in which it was raised. */
const bySubject = (one: Alert, other: Alert): number => {
  const [a, b] = [subjectOf(one), subjectOf(other)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

/** They cannot be deleted until the transaction ends, which would make its messages those of nobody. */
const listenersOf = (manager: EntityManager, alerts: Alert[]): Promise<Listener[]> =>
  manager.query<Listener[]>(
    'SELECT id, events FROM alert_channels WHERE enabled AND events && $1::text[] ORDER BY id FOR KEY SHARE',
    [alerts.map(({ event }) => event)],
  );

interface Told {
  channelId: string;
  alert: Alert;
}

async function lockQuiet(manager: EntityManager, told: Told[], now: Date): Promise<Map<string, QuietState>> {
  const coalesced = told.filter(({ alert }) => alert.coalesceKey !== undefined);
  if (coalesced.length === 0) return new Map();
  const keys = [coalesced.map(({ channelId }) => channelId), coalesced.map(({ alert }) => alert.coalesceKey)];
  await manager.query(
    `INSERT INTO alert_quiet (channel_id, coalesce_key, last_at)
     SELECT DISTINCT c, k, $3::timestamptz FROM unnest($1::uuid[], $2::text[]) AS u (c, k) ORDER BY c, k
     ON CONFLICT DO NOTHING`,
    [...keys, now],
  );
  const rows = await manager.query<QuietRow[]>(
    `SELECT q.channel_id, q.coalesce_key, q.recent, q.flapping_since, q.last_at FROM alert_quiet q
     WHERE (q.channel_id, q.coalesce_key) IN (SELECT c, k FROM unnest($1::uuid[], $2::text[]) AS u (c, k))
     ORDER BY q.channel_id, q.coalesce_key FOR UPDATE`,
    keys,
  );
  return new Map(
    rows.map((row) => [
      pairKey(row.channel_id, row.coalesce_key),
      { recent: row.recent, flappingSince: row.flapping_since?.getTime() ?? null, lastAt: row.last_at.getTime() },
    ]),
  );
}

async function knownOf(manager: EntityManager, told: Told[]): Promise<Set<string>> {
  const rows = await manager.query<{ channel_id: string; dedupe_key: string }[]>(
    `SELECT channel_id, dedupe_key FROM alert_deliveries
     WHERE (channel_id, dedupe_key) IN (SELECT c, k FROM unnest($1::uuid[], $2::text[]) AS u (c, k))`,
    [told.map(({ channelId }) => channelId), told.map(({ alert }) => alert.dedupeKey)],
  );
  return new Set(rows.map((row) => pairKey(row.channel_id, row.dedupe_key)));
}

function rowsOf(channelId: string, alert: Alert, quiet: Map<string, QuietState>, now: Date): Row[] {
  const { event, dedupeKey, coalesceKey = null, nodeId = null, facts } = alert;
  const row: Row = {
    channelId,
    dedupeKey,
    coalesceKey,
    event,
    form: 'ALERT',
    nodeId,
    facts,
    covers: 0,
    state: 'PENDING',
  };
  if (coalesceKey === null) return [row];
  const key = pairKey(channelId, coalesceKey);
  const { verdict, state } = nextQuiet(quiet.get(key), now.getTime());
  quiet.set(key, state);
  if (verdict === 'SEND') return [row];
  const held: Row = { ...row, state: 'HELD_BACK' };
  if (verdict === 'HOLD') return [held];
  const flapping: Row = {
    ...row,
    dedupeKey: `flapping:${coalesceKey}:${now.toISOString()}`,
    form: 'FLAPPING',
    covers: MOST_IN_A_ROW + 1,
  };
  return [flapping, held];
}

async function storeQuiet(manager: EntityManager, quiet: Map<string, QuietState>): Promise<void> {
  if (quiet.size === 0) return;
  const rows = [...quiet].map(([key, { recent, flappingSince, lastAt }]) => ({
    channel_id: key.slice(0, 36),
    coalesce_key: key.slice(37),
    recent,
    flapping_since: flappingSince === null ? null : new Date(flappingSince),
    last_at: new Date(lastAt),
  }));
  await manager.query(
    `UPDATE alert_quiet q SET recent = r.recent, flapping_since = r.flapping_since, last_at = r.last_at
     FROM jsonb_to_recordset($1::jsonb)
       AS r (channel_id uuid, coalesce_key text, recent jsonb, flapping_since timestamptz, last_at timestamptz)
     WHERE q.channel_id = r.channel_id AND q.coalesce_key = r.coalesce_key`,
    [JSON.stringify(rows)],
  );
}

/** In the order in which they were raised; what another transaction has told meanwhile is left out. */
async function insertRows(manager: EntityManager, rows: Row[], now: Date): Promise<number> {
  if (rows.length === 0) return 0;
  const inserted = await manager.query<unknown[]>(
    `INSERT INTO alert_deliveries
       (channel_id, dedupe_key, coalesce_key, event, form, node_id, facts, covers, state, raised_at, due_at)
     SELECT r."channelId", r."dedupeKey", r."coalesceKey", r.event, r.form, r."nodeId", r.facts, r.covers, r.state, $2, $2
     FROM jsonb_to_recordset($1::jsonb) AS r ("channelId" uuid, "dedupeKey" text, "coalesceKey" text, event text, form text,
       "nodeId" uuid, facts jsonb, covers integer, state text)
     ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(rows), now],
  );
  return inserted.length;
}

async function release(
  manager: EntityManager,
  quiet: { channel_id: string; coalesce_key: string; flapping_since: Date },
  now: Date,
): Promise<void> {
  const of = [quiet.channel_id, quiet.coalesce_key];
  await manager.query(
    `WITH held AS (SELECT id, seq FROM alert_deliveries WHERE channel_id = $1 AND coalesce_key = $2
       AND state = 'HELD_BACK' AND raised_at >= $3)
     UPDATE alert_deliveries d SET state = 'PENDING', form = 'SETTLED', due_at = $4,
       covers = (SELECT count(*) - 1 FROM held)
     WHERE d.id = (SELECT id FROM held ORDER BY seq DESC LIMIT 1)`,
    [...of, quiet.flapping_since, now],
  );
  await manager.query('DELETE FROM alert_quiet WHERE channel_id = $1 AND coalesce_key = $2', of);
}
