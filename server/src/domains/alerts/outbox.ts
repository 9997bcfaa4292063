import type { DataSource, EntityManager } from 'typeorm';
import { NotificationChannelKind as Kind, type NotificationEvent, type NotificationLanguage } from './alert.types.js';
import type { Attempted, SealedChannel } from './courier.js';
import type { AlertFacts, MessageForm, Notice } from './message.js';

/** Messages that one channel may be sent at the same time: one after the other where people read them in order. */
const AT_ONCE: Partial<Record<Kind, number>> = { WEBHOOK: 4 };

/** Longer than any attempt takes. */
const LEASE_MS = 60_000;

/** A message that this panel is sending. Nobody else does until the claim has run out. */
export interface Claimed {
  claimId: string;
  channel: SealedChannel;
  notice: Notice;
  /** This one included. */
  attempts: number;
  failures: number;
}

interface ClaimedRow {
  id: string;
  event: NotificationEvent;
  form: MessageForm;
  node_id: string | null;
  facts: AlertFacts;
  covers: number;
  raised_at: Date;
  attempts: number;
  failures: number;
  claim_id: string;
  channel_id: string;
  name: string;
  kind: Kind;
  language: NotificationLanguage;
  target: Buffer;
  secret: Buffer | null;
}

const toClaimed = (row: ClaimedRow): Claimed => ({
  claimId: row.claim_id,
  channel: {
    channelId: row.channel_id,
    name: row.name,
    kind: row.kind,
    language: row.language,
    target: row.target,
    secret: row.secret,
  },
  notice: {
    id: row.id,
    event: row.event,
    form: row.form,
    nodeId: row.node_id,
    facts: row.facts,
    covers: row.covers,
    raisedAt: row.raised_at,
  },
  attempts: row.attempts,
  failures: row.failures,
});

/** Due by the clock of the caller, claimed by that of the database. Attempts count from the claim, also those cut short. */
const CLAIM = `
WITH open AS (
  SELECT c.id, c.kind FROM alert_channels c
  WHERE c.enabled AND (c.paused_until IS NULL OR c.paused_until <= $1)
    AND EXISTS (SELECT FROM alert_deliveries d WHERE d.channel_id = c.id AND d.state = 'PENDING' AND d.due_at <= $1)
  ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
), room AS (
  SELECT o.id, coalesce(($4::jsonb ->> o.kind)::int, 1) - (
    SELECT count(*) FROM alert_deliveries d
    WHERE d.channel_id = o.id AND d.state = 'PENDING' AND d.claimed_until > now()) AS places
  FROM open o
), due AS (
  SELECT p.id FROM room r CROSS JOIN LATERAL (
    SELECT d.id FROM alert_deliveries d
    WHERE d.channel_id = r.id AND d.state = 'PENDING' AND d.due_at <= $1
      AND (d.claimed_until IS NULL OR d.claimed_until <= now())
    ORDER BY d.due_at, d.seq LIMIT greatest(r.places, 0) FOR UPDATE SKIP LOCKED) p
  LIMIT $2
)
UPDATE alert_deliveries d
SET claim_id = gen_random_uuid(), claimed_until = now() + $3 * interval '1 millisecond', attempts = d.attempts + 1
FROM due, alert_channels c WHERE d.id = due.id AND c.id = d.channel_id
RETURNING d.id, d.seq, d.event, d.form, d.node_id, d.facts, d.covers, d.raised_at, d.attempts, d.failures, d.claim_id,
  c.id AS channel_id, c.name, c.kind, c.language, c.target, c.secret`;

/** What becomes of a message after an attempt: `waitMs` until the next one, undefined when there is none. */
export interface Settlement {
  attempted: Attempted;
  failures: number;
  waitMs: number | undefined;
}

/** The rows of messages, as the sender needs them. */
export class Outbox {
  constructor(
    private readonly db: DataSource,
    private readonly leaseMs = LEASE_MS,
  ) {}

  /** In the order in which they were raised. */
  async claim(now: Date, most: number): Promise<Claimed[]> {
    const [rows] = await this.db.query<[(ClaimedRow & { seq: string })[], number]>(CLAIM, [
      now,
      most,
      this.leaseMs,
      JSON.stringify(AT_ONCE),
    ]);
    return rows.toSorted((a, b) => Number(a.seq) - Number(b.seq)).map(toClaimed);
  }

  /** The log and the outcome, together. Counts only for the claim under which it was sent. */
  async settle(claimed: Claimed, { attempted, failures, waitMs }: Settlement): Promise<void> {
    const { ok, at, error = null, answer = null } = attempted;
    const givenUp = waitMs === undefined ? 'FAILED' : 'PENDING';
    await this.db.transaction(async (manager) => {
      await logAttempt(manager, claimed.notice.id, claimed.attempts, attempted);
      await manager.query(
        `UPDATE alert_deliveries SET state = $3, due_at = $4, failures = $5, last_attempt_at = $6, error = $7, answer = $8,
           claim_id = NULL, claimed_until = NULL
         WHERE id = $1 AND claim_id = $2 AND state = 'PENDING'`,
        [
          claimed.notice.id,
          claimed.claimId,
          ok ? 'DELIVERED' : givenUp,
          new Date(at.getTime() + (waitMs ?? 0)),
          failures,
          at,
          error,
          answer,
        ],
      );
    });
  }

  /** As if it had not been claimed: it was cut short by this panel itself. */
  async giveBack({ notice, claimId }: Claimed): Promise<void> {
    await this.db.query(
      `UPDATE alert_deliveries SET claim_id = NULL, claimed_until = NULL, attempts = attempts - 1
       WHERE id = $1 AND claim_id = $2`,
      [notice.id, claimId],
    );
  }

  /** The receiver asks for it: nothing at all is sent there until then. */
  async pause(channelId: string, until: Date): Promise<void> {
    await this.db.query('UPDATE alert_channels SET paused_until = greatest(paused_until, $2) WHERE id = $1', [
      channelId,
      until,
    ]);
  }

  async disable(channelId: string, reason: string): Promise<void> {
    await this.db.transaction(async (manager) => {
      await manager.query('UPDATE alert_channels SET enabled = false, disabled_reason = $2 WHERE id = $1', [
        channelId,
        reason,
      ]);
      await giveUpWaiting(manager, channelId, reason);
    });
  }
}

export async function logAttempt(
  manager: EntityManager,
  deliveryId: string,
  number: number,
  { at, tookMs, ok, status, error }: Attempted,
): Promise<void> {
  await manager.query(
    `INSERT INTO alert_attempts (delivery_id, number, at, took_ms, ok, status, error)
     SELECT d.id, $2, $3, $4, $5, $6, $7 FROM alert_deliveries d WHERE d.id = $1 FOR KEY SHARE
     ON CONFLICT DO NOTHING`,
    [deliveryId, number, at, tookMs, ok, status ?? null, error ?? null],
  );
}

/** Old news are not sent when a channel is enabled again some day. */
export async function giveUpWaiting(
  manager: Pick<EntityManager, 'query'>,
  channelId: string,
  reason: string,
): Promise<void> {
  await manager.query(
    `UPDATE alert_deliveries SET state = 'FAILED', error = $2, claim_id = NULL, claimed_until = NULL
     WHERE channel_id = $1 AND state = 'PENDING'`,
    [channelId, reason],
  );
}
