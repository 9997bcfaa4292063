import { createHmac, randomBytes } from 'node:crypto';
import { clip, nodeUrl, type Notice } from '../message.js';
import type { Outbound } from '../outbound.js';
import type { Send, Sending } from './adapter.js';
import { postJson } from './http.js';

const PREFIX = 'whsec_';
const KEY_BYTES = 32;
const LONGEST_FACT = 4_000;

export const newWebhookKey = (): string => `${PREFIX}${randomBytes(KEY_BYTES).toString('base64')}`;

/** The signature of Standard Webhooks 1.0, symmetric. */
export function sign(key: string, id: string, timestamp: number, body: string): string {
  const bytes = Buffer.from(key.slice(PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', bytes).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** NODE_OVER_CAPACITY is node.over_capacity. */
const eventName = (event: string): string => event.toLowerCase().replace('_', '.');

const typeOf = ({ form, event }: Notice): string => {
  if (form === 'TEST') return 'test';
  return form === 'FLAPPING' ? 'alerts.flapping' : eventName(event);
};

/** The same at each attempt. */
export function webhookBody({ notice, message, publicUrl }: Pick<Sending, 'notice' | 'message' | 'publicUrl'>): string {
  const { form, nodeId, facts, covers, event } = notice;
  const { nodeName, ...rest } = facts;
  const url = nodeUrl(publicUrl, nodeId);
  const data = {
    ...(form !== 'TEST' && rest),
    title: message.title,
    ...((nodeId !== null || nodeName !== undefined) && { node: { id: nodeId, name: nodeName, url } }),
    ...(form === 'FLAPPING' && { lastEvent: eventName(event), messages: covers }),
    ...(form === 'SETTLED' && { heldBack: covers }),
  };
  return JSON.stringify(
    { type: typeOf(notice), timestamp: notice.raisedAt.toISOString(), data },
    (_name, value: unknown) => (typeof value === 'string' ? clip(value, LONGEST_FACT) : value),
  );
}

/** https://www.standardwebhooks.com: the id stays, the timestamp is that of the attempt. */
export const sendWebhook =
  (outbound: Outbound): Send =>
  async (sending) => {
    const body = webhookBody(sending);
    const id = `msg_${sending.notice.id}`;
    const timestamp = Math.floor(sending.now.getTime() / 1_000);
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(sending.secret ?? '', id, timestamp, body),
    };
    const { outcome } = await postJson(outbound, { url: new URL(sending.target), body, headers }, sending);
    return { ...outcome, gone: outcome.status === 410 };
  };
