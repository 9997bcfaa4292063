import { fill, TEXTS, type Texts } from './alert.texts.js';
import { NotificationEvent, type NotificationLanguage } from './alert.types.js';

/** What is known of a happening, as JSON. Those that are named here are told in words, all go into webhooks. */
export interface AlertFacts {
  nodeName?: string | undefined;
  userName?: string | undefined;
  /** An IP address. */
  address?: string | undefined;
  reason?: string | undefined;
  /** ISO 8601. */
  since?: string | undefined;
  [fact: string]: unknown;
}

/** ALERT: as it was raised. FLAPPING and SETTLED: see quiet.ts. TEST: nothing has happened. */
export type MessageForm = 'ALERT' | 'FLAPPING' | 'SETTLED' | 'TEST';

/** A message before it is put into anybody's words. */
export interface Notice {
  id: string;
  event: NotificationEvent;
  form: MessageForm;
  nodeId: string | null;
  facts: AlertFacts;
  /** Messages that this one stands for. */
  covers: number;
  raisedAt: Date;
}

export type Tone = 'BAD' | 'GOOD' | 'NEUTRAL';

/** In the language of the channel, before it is put into the markup of the channel. Nothing is escaped yet. */
export interface Message {
  id: string;
  tone: Tone;
  title: string;
  note: string | undefined;
  lines: [label: string, value: string][];
  link: { label: string; url: string } | undefined;
  locale: string;
  rightToLeft: boolean;
}

export interface Wording {
  language: NotificationLanguage;
  channelName: string;
  /** Where the panel is reached; empty when that is not known. */
  publicUrl: string;
}

const LONGEST_NAME = 200;
const LONGEST_REASON = 1_000;

const TONES: Record<NotificationEvent, Tone> = {
  NODE_UNHEALTHY: 'BAD',
  NODE_RECOVERED: 'GOOD',
  AGENT_DISCONNECTED: 'BAD',
  FAILOVER_STARTED: 'BAD',
  FAILOVER_FINISHED: 'GOOD',
  FAILOVER_SUSPENDED: 'BAD',
  FAILBACK_FINISHED: 'GOOD',
  SYNC_FAILED: 'BAD',
  NODE_OVER_CAPACITY: 'BAD',
  IP_BLOCKED: 'NEUTRAL',
  TOKEN_REVOKED: 'NEUTRAL',
  USER_LIMITED: 'NEUTRAL',
  USER_EXPIRED: 'NEUTRAL',
};

/** Never cuts a character in two. */
export function clip(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const textOf = (value: unknown, longest: number): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? clip(value.trim(), longest) : undefined;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

function moment(text: string, locale: string): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const human = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' }).format(
    at,
  );
  return `${at.toISOString()} (${human} UTC)`;
}

export const nodeUrl = (publicUrl: string, nodeId: string | null): string | undefined =>
  nodeId === null || publicUrl === '' ? undefined : `${publicUrl}/nodes/${nodeId}`;

export function compose(notice: Notice, { language, channelName, publicUrl }: Wording): Message {
  const texts = TEXTS[language];
  const { event, form, facts } = notice;
  const names = namesOf(facts);
  const who = form === 'TEST' ? channelName : (names.node ?? names.user ?? names.address ?? '—');
  const title = fill(texts.titles[event], { who });
  const count = new Intl.NumberFormat(texts.locale).format(notice.covers);
  const url = nodeUrl(publicUrl, notice.nodeId);
  return {
    id: notice.id,
    tone: form === 'ALERT' || form === 'SETTLED' ? TONES[event] : 'NEUTRAL',
    ...headline(texts, notice, { who, title, count }),
    lines: form === 'TEST' ? [] : linesOf(texts, notice, title),
    link: url === undefined ? undefined : { label: texts.open, url },
    locale: texts.locale,
    rightToLeft: texts.rightToLeft,
  };
}

const nameOf = (value: unknown): string | undefined => {
  const text = textOf(value, LONGEST_NAME);
  return text === undefined ? undefined : oneLine(text);
};

const namesOf = (facts: AlertFacts) => ({
  node: nameOf(facts.nodeName),
  user: nameOf(facts.userName),
  address: nameOf(facts.address),
});

function headline(
  texts: Texts,
  { form, covers }: Notice,
  values: { who: string; title: string; count: string },
): { title: string; note: string | undefined } {
  switch (form) {
    case 'ALERT':
      return { title: values.title, note: undefined };
    case 'FLAPPING':
      return { title: fill(texts.flapping, values), note: fill(texts.flappingNote, values) };
    case 'SETTLED':
      return { title: fill(texts.settled, values), note: covers === 0 ? undefined : fill(texts.settledNote, values) };
    case 'TEST':
      return { title: fill(texts.test, values), note: texts.testNote };
  }
}

function linesOf(texts: Texts, { facts, form }: Notice, title: string): [string, string][] {
  const names = namesOf(facts);
  const since = textOf(facts.since, LONGEST_NAME);
  const lines: [string, string | undefined][] = [
    [texts.last, form === 'FLAPPING' ? title : undefined],
    [texts.node, names.node],
    [texts.user, names.user],
    [texts.address, names.address],
    [texts.reason, textOf(facts.reason, LONGEST_REASON)],
    [texts.since, since && moment(since, texts.locale)],
  ];
  return lines.filter((line): line is [string, string] => line[1] !== undefined);
}
