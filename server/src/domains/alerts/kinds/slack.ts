import type { Message } from '../message.js';
import type { Outbound } from '../outbound.js';
import type { Send } from './adapter.js';
import { postJson } from './http.js';
import { SIGNS } from './telegram.js';

/** Slack's own three; without < nothing calls a whole channel. */
const escapeSlack = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function slackBody({ tone, title, note, lines, link }: Message): string {
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  const details = [...(note === undefined ? [] : [note]), ...lines.map(([label, value]) => `${label}: ${value}`)].join(
    '\n',
  );
  const blocks = [
    { type: 'section', text: plain(`${SIGNS[tone]} ${title}`) },
    ...(details === '' ? [] : [{ type: 'section', text: plain(details) }]),
    ...(link ? [{ type: 'section', text: { type: 'mrkdwn', text: `<${link.url}|${escapeSlack(link.label)}>` } }] : []),
  ];
  return JSON.stringify({ text: `${SIGNS[tone]} ${escapeSlack(title)}`, blocks, unfurl_links: false });
}

export const sendSlack =
  (outbound: Outbound): Send =>
  async (sending) => {
    const post = { url: new URL(sending.target), body: slackBody(sending.message) };
    return (await postJson(outbound, post, sending)).outcome;
  };
