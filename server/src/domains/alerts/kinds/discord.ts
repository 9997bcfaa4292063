import { clip, type Message, type Tone } from '../message.js';
import type { Outbound } from '../outbound.js';
import type { Send } from './adapter.js';
import { fieldOf, postJson, withRetryAfter } from './http.js';

const COLOURS: Record<Tone, number> = { BAD: 0xd9363e, GOOD: 0x2f9e44, NEUTRAL: 0x1c7ed6 };
const LONGEST_TITLE = 256;
const LONGEST_VALUE = 1_024;

/** What names and reasons hold is text, not Markdown. */
const escapeMarkdown = (text: string): string => text.replaceAll(/[\\*_~`|>#[\]()<]/g, String.raw`\$&`);

export function discordBody({ tone, title, note, lines, link }: Message): string {
  const embed = {
    title: clip(escapeMarkdown(title), LONGEST_TITLE),
    color: COLOURS[tone],
    ...(note !== undefined && { description: escapeMarkdown(note) }),
    ...(link && { url: link.url }),
    fields: lines.map(([name, value]) => ({ name, value: clip(escapeMarkdown(value), LONGEST_VALUE) })),
  };
  return JSON.stringify({ embeds: [embed], allowed_mentions: { parse: [] } });
}

export const sendDiscord =
  (outbound: Outbound): Send =>
  async (sending) => {
    const post = { url: new URL(sending.target), body: discordBody(sending.message) };
    const { reply, outcome } = await postJson(outbound, post, sending);
    return withRetryAfter(outcome, fieldOf(reply.text, 'retry_after'));
  };
