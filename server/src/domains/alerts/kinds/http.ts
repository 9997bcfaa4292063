import type { HttpReply, Outbound } from '../outbound.js';
import { parseRetryAfter } from '../retry.js';
import type { Outcome, Sending } from './adapter.js';

interface JsonPost {
  url: URL;
  body: string;
  headers?: Record<string, string>;
}

const BUSY = new Set([429, 503]);

export async function postJson(outbound: Outbound, { url, body, headers }: JsonPost, { signal, now }: Sending) {
  const reply = await outbound.post(url, {
    headers: { 'content-type': 'application/json', 'user-agent': 'V-Panel', ...headers },
    body,
    signal,
  });
  return { reply, outcome: outcomeOf(reply, now) };
}

function outcomeOf({ status, headers, text }: HttpReply, now: Date): Outcome {
  if (status >= 200 && status < 300) return { ok: true, status, answer: text };
  const isRedirect = status >= 300 && status < 400;
  return {
    ok: false,
    status,
    answer: text,
    error: isRedirect
      ? `HTTP ${status}: redirects are not followed`
      : `HTTP ${status}${text === '' ? '' : `: ${text}`}`,
    retryAfterMs: BUSY.has(status) ? parseRetryAfter(headers['retry-after'], now) : undefined,
  };
}

/** A field of an answer that should be a JSON object; undefined when it is none. */
export function fieldOf(text: string, ...path: string[]): unknown {
  try {
    let value = JSON.parse(text) as unknown;
    for (const name of path) value = (value as Record<string, unknown> | null)?.[name];
    return value;
  } catch {
    return undefined;
  }
}

/** Seconds in the body, as Telegram and Discord have it, come before the header. */
export const withRetryAfter = (outcome: Outcome, seconds: unknown): Outcome =>
  outcome.status === 429 && typeof seconds === 'number' && seconds >= 0
    ? { ...outcome, retryAfterMs: seconds * 1_000 }
    : outcome;
