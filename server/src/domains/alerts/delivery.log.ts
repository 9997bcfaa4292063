import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { groupBy } from '../../platform/group-by.js';
import type { NotificationAttempt, NotificationDelivery } from './alert.types.js';
import { DELIVERY_COLUMNS, toDelivery, type DeliveryRow } from './channel.rows.js';

/** The newest message of each channel that was tried at all. Batches, never caches. */
export const lastDeliveryLoader = (db: DataSource) =>
  new DataLoader<string, NotificationDelivery | null>(
    async (channelIds) => {
      const rows = await db.query<DeliveryRow[]>(
        `SELECT d.* FROM unnest($1::uuid[]) AS c (id) CROSS JOIN LATERAL (
           SELECT ${DELIVERY_COLUMNS} FROM alert_deliveries d
           WHERE d.channel_id = c.id AND d.last_attempt_at IS NOT NULL ORDER BY d.last_attempt_at DESC LIMIT 1) d`,
        [channelIds],
      );
      const byChannel = new Map(rows.map((row) => [row.channel_id, toDelivery(row)]));
      return channelIds.map((id) => byChannel.get(id) ?? null);
    },
    { cache: false },
  );

/** The newest messages of each channel. */
export const deliveriesLoader = (db: DataSource) =>
  new DataLoader<{ channelId: string; first: number }, NotificationDelivery[]>(
    async (wanted) => {
      const rows = await db.query<(DeliveryRow & { place: string })[]>(
        `SELECT d.*, w.place FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS w (id, first, place) CROSS JOIN LATERAL (
           SELECT ${DELIVERY_COLUMNS}, d.seq FROM alert_deliveries d
           WHERE d.channel_id = w.id ORDER BY d.seq DESC LIMIT w.first) d ORDER BY d.seq DESC`,
        [wanted.map(({ channelId }) => channelId), wanted.map(({ first }) => first)],
      );
      const lists = wanted.map((): NotificationDelivery[] => []);
      for (const row of rows) lists[Number(row.place) - 1]?.push(toDelivery(row));
      return lists;
    },
    { cache: false },
  );

interface AttemptRow {
  delivery_id: string;
  number: number;
  at: Date;
  took_ms: number;
  ok: boolean;
  status: number | null;
  error: string | null;
}

/** The log of each message, oldest first. */
export const attemptsLoader = (db: DataSource) =>
  new DataLoader<string, NotificationAttempt[]>(
    async (deliveryIds) => {
      const rows = await db.query<AttemptRow[]>(
        `SELECT delivery_id, number, at, took_ms, ok, status, error FROM alert_attempts
         WHERE delivery_id = ANY($1) ORDER BY number`,
        [deliveryIds],
      );
      const byDelivery = groupBy(rows, (row) => row.delivery_id);
      return deliveryIds.map((id) =>
        (byDelivery.get(id) ?? []).map(({ number, at, took_ms: tookMs, ok, status, error }) => ({
          number,
          at,
          tookMs,
          ok,
          status,
          error,
        })),
      );
    },
    { cache: false },
  );
