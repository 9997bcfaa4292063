import type {
  NotificationChannel,
  NotificationChannelKind,
  NotificationDelivery,
  NotificationEvent,
  NotificationLanguage,
} from './alert.types.js';
import { NotificationState } from './alert.types.js';
import type { SealedChannel } from './courier.js';
import type { MessageForm } from './message.js';

export interface ChannelRow {
  id: string;
  name: string;
  kind: NotificationChannelKind;
  events: NotificationEvent[];
  enabled: boolean;
  language: NotificationLanguage;
  target: Buffer;
  shown_target: string;
  secret: Buffer | null;
  disabled_reason: string | null;
  created_at: Date;
  updated_at: Date;
}

export const CHANNEL_COLUMNS = `c.id, c.name, c.kind, c.events, c.enabled, c.language, c.target, c.shown_target, c.secret,
  c.disabled_reason, c.created_at, c.updated_at`;

export const toChannel = (row: ChannelRow): NotificationChannel => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  events: row.events,
  enabled: row.enabled,
  target: row.shown_target,
  language: row.language,
  hasSecret: row.secret !== null,
  disabledReason: row.disabled_reason,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

export const toSealed = (row: ChannelRow): SealedChannel => ({
  channelId: row.id,
  name: row.name,
  kind: row.kind,
  language: row.language,
  target: row.target,
  secret: row.secret,
});

export interface DeliveryRow {
  id: string;
  channel_id: string;
  event: NotificationEvent;
  form: MessageForm;
  state: NotificationState;
  attempts: number;
  raised_at: Date;
  due_at: Date;
  last_attempt_at: Date | null;
  error: string | null;
  answer: string | null;
}

export const DELIVERY_COLUMNS = `d.id, d.channel_id, d.event, d.form, d.state, d.attempts, d.raised_at, d.due_at,
  d.last_attempt_at, d.error, d.answer`;

export const toDelivery = (row: DeliveryRow): NotificationDelivery => ({
  id: row.id,
  at: row.last_attempt_at ?? row.raised_at,
  event: row.event,
  ok: row.state === NotificationState.DELIVERED,
  state: row.state,
  test: row.form === 'TEST',
  attempts: row.attempts,
  nextAttemptAt: row.state === NotificationState.PENDING ? row.due_at : null,
  error: row.error,
  answer: row.answer,
});
