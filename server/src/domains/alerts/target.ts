import type { FieldProblem } from '../../platform/errors.js';
import { NotificationChannelKind as Kind } from './alert.types.js';
import { hostOf } from './outbound.js';

const LONGEST_TARGET = 2_000;
const CHAT = /^(-?\d{1,20}|@[A-Za-z]\w{3,31})$/;
const BOT_TOKEN = /^\d{3,20}:[\w-]{30,100}$/;
const WEBHOOK_KEY = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const MAILBOX = /^[^\s@<>,;:"'()[\]\\]{1,64}@[^\s@<>,;:"'()[\]\\]{1,253}$/;
/** One line of anything but control characters. */
const PASSWORD = /^[^\p{Cc}]{1,500}$/u;
const MOST_RECIPIENTS = 20;

/** Kinds that are reached by an HTTP URL. */
export const isUrlKind = (kind: Kind): boolean => kind === Kind.WEBHOOK || kind === Kind.SLACK || kind === Kind.DISCORD;

export interface Mailer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise by STARTTLS. */
  secure: boolean;
  user: string | undefined;
  from: string;
  to: string[];
}

/** What is wrong with a target, as far as its text alone tells; undefined when nothing is. */
export function targetProblem(kind: Kind, target: string): string | undefined {
  if (target.length > LONGEST_TARGET) return `must be at most ${LONGEST_TARGET} characters`;
  if (kind === Kind.TELEGRAM) {
    return CHAT.test(target) ? undefined : 'must be the id of a chat, such as -1001234567890, or @name of a channel';
  }
  if (kind === Kind.EMAIL) return mailProblem(target);
  return urlProblem(target);
}

/** `stored` is what an update keeps when it brings none. */
export function secretProblem(kind: Kind, secret: string | undefined): string | undefined {
  switch (kind) {
    case Kind.WEBHOOK: {
      if (secret === undefined) return undefined;
      const bytes = Buffer.from(WEBHOOK_KEY.exec(secret)?.[1] ?? '', 'base64').length;
      return bytes >= 24 && bytes <= 64 ? undefined : 'must be whsec_ and 24 to 64 bytes as base64';
    }
    case Kind.TELEGRAM:
      return secret !== undefined && BOT_TOKEN.test(secret)
        ? undefined
        : 'must be the token of a bot, as @BotFather says it';
    case Kind.EMAIL:
      return secret === undefined || PASSWORD.test(secret) ? undefined : 'must be 1 to 500 characters of one line';
    case Kind.SLACK:
    case Kind.DISCORD:
      return secret === undefined ? undefined : 'is not used here: the URL is the secret';
  }
}

function urlProblem(target: string): string | undefined {
  if (!URL.canParse(target)) return 'must be a URL';
  const url = new URL(target);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must be an https URL';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password';
  return undefined;
}

function mailProblem(target: string): string | undefined {
  if (!URL.canParse(target)) return 'must be a URL such as smtps://user@host:465/?from=a@x&to=b@y';
  const url = new URL(target);
  if (url.protocol !== 'smtps:' && url.protocol !== 'smtp:') return 'must begin with smtps:// or smtp://';
  if (url.password !== '') return 'must not hold the password: that is the secret';
  if (url.hostname === '') return 'must name the mail server';
  const { from, to, user } = parseMailer(target);
  if (!MAILBOX.test(from)) return 'needs from=, one mail address';
  if (to.length === 0 || to.length > MOST_RECIPIENTS || !to.every((one) => MAILBOX.test(one))) {
    return `needs to=, 1 to ${MOST_RECIPIENTS} mail addresses separated by commas`;
  }
  if (user === undefined && url.username !== '') return 'has a user name that cannot be read';
  return undefined;
}

/** Of a target without problems. */
export function parseMailer(target: string): Mailer {
  const url = new URL(target);
  const secure = url.protocol === 'smtps:';
  return {
    host: hostOf(url),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    user: decoded(url.username) || undefined,
    from: url.searchParams.get('from') ?? '',
    to: (url.searchParams.get('to') ?? '').split(',').filter(Boolean),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Whether a password would go to somebody else than before. */
export function isSameMailServer(one: string, other: string): boolean {
  const [a, b] = [parseMailer(one), parseMailer(other)];
  return a.host === b.host && a.port === b.port && a.secure === b.secure && a.user === b.user;
}

const LONGEST_SHOWN = 16;

/** What may be shown. Of URLs the beginning: whoever knows the rest may post there. */
export function showTarget(kind: Kind, target: string): string {
  if (!isUrlKind(kind)) return target;
  const url = new URL(target);
  const [first = '', second] = url.pathname.split('/').filter(Boolean);
  if (second !== undefined) return `${url.origin}/${first.slice(0, LONGEST_SHOWN)}/${second.slice(0, 2)}…`;
  const isShort = first.length <= 8;
  const path = isShort ? first : `${first.slice(0, 4)}…`;
  return `${url.origin}/${path}${isShort && url.search !== '' ? '?…' : ''}`;
}

/** Parts of target and secret that must not be told further: an answer may repeat them. */
export function secretParts(kind: Kind, target: string, secret: string | undefined): string[] {
  const own = secret === undefined ? [] : [secret, secret.replace(/^whsec_/, '')];
  if (kind === Kind.EMAIL && secret !== undefined) {
    // As AUTH PLAIN says it.
    own.push(`\0${parseMailer(target).user ?? ''}\0${secret}`);
  }
  return isUrlKind(kind) ? [...own, ...partsOfUrl(target)] : own;
}

function partsOfUrl(target: string): string[] {
  const url = new URL(target);
  const segments = url.pathname.split('/').slice(1);
  const hidden = segments.length > 1 ? segments.slice(1) : segments.filter(({ length }) => length > 8);
  const parts = [...hidden, ...url.searchParams.values(), url.search.slice(1)];
  return [target, url.href, `${url.pathname}${url.search}`, ...parts].filter((part) => part.length >= 6);
}

export const badField = (path: string, message: string | undefined): FieldProblem[] =>
  message === undefined ? [] : [{ path, message }];
