import * as z from 'zod/mini';
import { messageOf } from '../errors.js';
import { clashAmong } from './listeners.js';
import type { User } from './users.js';

/*
 * What the panel sends (docs/agent-protocol.md, "Configuration"), checked as far as the agent itself depends on it. What
 * Xray thinks of the rest is Xray's to say.
 */

const MAX_INBOUNDS = 200;
export const MAX_USERS = 200_000;
const MAX_PROBLEMS = 3;

export type Section = Record<string, unknown>;

const section = z.record(z.string(), z.unknown());

/** Part of the e-mail of an account. Xray compares those without regard to case, and a dot ends the user's id. */
const userId = z.string().check(
  z.regex(/^[a-z0-9_-]{1,64}$/),
  z.refine((id) => id !== 'placeholder', 'is the name of another account'),
);

const userSchema = z.object({
  id: userId,
  // Xray would take any short text for the name of a UUID, and two of them could mean the same one.
  uuid: z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'Not a UUID')),
  password: z.string().check(z.minLength(1), z.maxLength(256)),
});

const SHADOWSOCKS_KEY_BYTES = { '2022-blake3-aes-128-gcm': 16, '2022-blake3-aes-256-gcm': 32 } as const;

const withoutClients = z.refine<Section>(
  (settings) => !('clients' in settings) && !('users' in settings),
  'the users of an inbound are not part of it',
);

const common = {
  tag: z.string().check(
    z.regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
    z.refine((tag) => tag !== 'api', 'belongs to the agent'),
  ),
  listen: z.optional(z.string()),
  port: z.int().check(z.minimum(1), z.maximum(65_535)),
  streamSettings: z.optional(section),
};
const settings = z.optional(section.check(withoutClients));

const inboundSchema = z.discriminatedUnion('protocol', [
  z.looseObject({
    ...common,
    protocol: z.literal('vless'),
    settings: z.looseObject({ flow: z.optional(z.enum(['', 'xtls-rprx-vision'])) }).check(withoutClients),
  }),
  z.looseObject({ ...common, protocol: z.literal('vmess'), settings }),
  z.looseObject({ ...common, protocol: z.literal('trojan'), settings }),
  z.looseObject({
    ...common,
    protocol: z.literal('shadowsocks'),
    settings: z
      .looseObject({
        method: z.enum(Object.keys(SHADOWSOCKS_KEY_BYTES) as ShadowsocksMethod[]),
        password: z.string().check(z.minLength(1)),
      })
      .check(withoutClients),
  }),
]);

const documentSchema = z.object({
  base: section.check(z.refine((base) => !('inbounds' in base), 'inbounds do not belong to the base')),
  inbounds: z.array(inboundSchema).check(z.maxLength(MAX_INBOUNDS, `more than ${MAX_INBOUNDS}`)),
  users: z.array(userSchema).check(z.maxLength(MAX_USERS, `more than ${MAX_USERS}`)),
});

const changeSchema = z.object({
  add: z.array(userSchema).check(z.maxLength(MAX_USERS, `more than ${MAX_USERS}`)),
  remove: z.array(userId).check(z.maxLength(MAX_USERS, `more than ${MAX_USERS}`)),
});

export type ShadowsocksMethod = keyof typeof SHADOWSOCKS_KEY_BYTES;
export type Inbound = z.infer<typeof inboundSchema>;
export type NodeDocument = z.infer<typeof documentSchema>;
export type UserChange = z.infer<typeof changeSchema>;

export function keyBytesOf(method: ShadowsocksMethod): 16 | 32 {
  return SHADOWSOCKS_KEY_BYTES[method];
}

/** Throws what is wrong, without repeating any value: those are secret. */
export function parseDocument(value: unknown): NodeDocument {
  const document = parse(documentSchema, value, 'The configuration');
  const tags = document.inbounds.map(({ tag }) => tag);
  refuse(twice(tags), (tag) => `Two inbounds have the tag ${tag}`);
  refuse(clashAmong(document.inbounds), (port) => `Two inbounds use port ${port}`);
  requireDistinct(document.users);
  return document;
}

export function parseChange(value: unknown): UserChange {
  return parse(changeSchema, value, 'The change of users');
}

/**
 * Whom Xray could not tell apart must not reach it: the removal of one would lock out the other. It knows users of VLESS
 * by their UUID without bytes 6 and 7, which are free for routing.
 */
function requireDistinct(users: readonly User[]): void {
  refuse(twice(users.map(({ id }) => id)), (id) => `Two users have the id ${id}`);
  refuse(twice(users.map(nameForVless)), () => SAME_UUID);
  refuse(twice(users.map(({ password }) => password)), () => SAME_PASSWORD);
}

/** That these, which are new among all users, are none of the others; the others have been compared before. */
export function requireNewcomers(added: readonly User[], all: readonly User[]): void {
  if (all.length > MAX_USERS) throw new Error(`More than ${MAX_USERS} users`);
  requireDistinct(added);
  const [own, uuids, passwords] = [
    new Set(added),
    new Set(added.map(nameForVless)),
    new Set(added.map(({ password }) => password)),
  ];
  if (own.size === 0) return;
  for (const user of all) {
    if (own.has(user)) continue;
    if (uuids.has(nameForVless(user))) throw new Error(SAME_UUID);
    if (passwords.has(user.password)) throw new Error(SAME_PASSWORD);
  }
}

const SAME_UUID = 'Two users have the same UUID';
const SAME_PASSWORD = 'Two users have the same password';

function nameForVless({ uuid }: User): string {
  return (uuid.slice(0, 14) + uuid.slice(18)).toLowerCase();
}

function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  try {
    return z.parse(schema, value);
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw new Error(messageOf(error), { cause: error });
    const problems = error.issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${what} is not valid: ${problems.join('; ')}`, { cause: error });
  }
}

function twice(values: string[]): string | undefined {
  const seen = new Set<string>();
  return values.find((value) => seen.size === seen.add(value).size);
}

function refuse<Found>(found: Found | undefined, words: (found: Found) => string): void {
  if (found !== undefined) throw new Error(words(found));
}
