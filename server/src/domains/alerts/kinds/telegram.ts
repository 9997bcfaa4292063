import type { Message, Tone } from '../message.js';
import type { Outbound } from '../outbound.js';
import type { Send } from './adapter.js';
import { fieldOf, postJson, withRetryAfter } from './http.js';
import { escapeHtml } from './html.js';

export const TELEGRAM_URL = 'https://api.telegram.org';

export const SIGNS: Record<Tone, string> = { BAD: '🔴', GOOD: '🟢', NEUTRAL: '🔵' };

export function telegramText({ tone, title, note, lines, link }: Message): string {
  const parts = [
    `${SIGNS[tone]} <b>${escapeHtml(title)}</b>`,
    ...(note === undefined ? [] : [escapeHtml(note)]),
    ...lines.map(([label, value]) => `${escapeHtml(label)}: ${escapeHtml(value)}`),
    ...(link ? [`<a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a>`] : []),
  ];
  return parts.join('\n');
}

export const sendTelegram =
  (outbound: Outbound, baseUrl: string): Send =>
  async (sending) => {
    const body = JSON.stringify({
      chat_id: sending.target,
      text: telegramText(sending.message),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    });
    const url = new URL(`${baseUrl}/bot${sending.secret ?? ''}/sendMessage`);
    const { reply, outcome } = await postJson(outbound, { url, body }, sending);
    if (outcome.ok && fieldOf(reply.text, 'ok') !== true)
      return { ...outcome, ok: false, error: `Refused: ${reply.text}` };
    return withRetryAfter(outcome, fieldOf(reply.text, 'parameters', 'retry_after'));
  };
