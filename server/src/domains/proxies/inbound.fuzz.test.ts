import { beforeAll, expect, test } from 'vitest';
import type { Inbound } from './inbound.schema.js';
import { MASK, maskInbound, unmaskInbound } from './inbound.secrets.js';
import { checkInbound, conflicts, transports } from './inbound.validation.js';
import { buildTemplate, ProxyTemplate } from './proxy-templates.js';

const NOW = new Date('2026-08-01T00:00:00Z');
const ROUNDS = 100_000;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Random = () => number;

/** The same numbers for the same seed (mulberry32), so that a failure can be repeated. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (limit: number, random: Random): number => Math.floor(random() * limit);
const oneOf = <T>(choices: readonly T[], random: Random): T => choices[below(choices.length, random)] as T;

const WORDS =
  `none tcp raw ws xhttp grpc tls reality vless vmess trojan shadowsocks xtls-rprx-vision h2 h3 http/1.1 1.2 1.3
  udp tcp,udp :: ::1 127.0.0.1 ::ffff:1.2.3.4 fe80::1%1 example.com:443 [::1]:443 *.example.com EXAMPLE.com ab abc 1.8.0
  1.8 9.9.9 /x ../.. __proto__ constructor toString hasOwnProperty %00 geosite:cn 2022-blake3-aes-256-gcm /a.pem 100-1000
  packet-up AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA==`.split(/\s+/);

/** What tends to slip through: boundaries, other types, other alphabets, names that JavaScript has given a meaning. */
const VALUES: readonly Json[] = [null, true, false, 0, -0, -1, 1, 443, 65_535, 65_536, 1.5, 2 ** 31, 2 ** 53, 1e308]
  .map((value): Json => value)
  .concat(WORDS)
  .concat(['', ' ', '\n', '/\n', '\0', '\ud800', '\udc00x', '🙂', 'ünï', '\u202e', 'x'.repeat(300), MASK])
  .concat(['-----BEGIN CERTIFICATE-----', '-----END CERTIFICATE-----', '-----BEGIN PRIVATE KEY-----'])
  .concat([[[]], [{}], [[[]]], [[null]], [['']], [[MASK]], [{ a: 1 }], [nested(18)]].flat());

const KEYS =
  `protocol port listen tag settings clients users flow decryption method password streamSettings network security
  tlsSettings realitySettings rawSettings tcpSettings wsSettings xhttpSettings splithttpSettings sockopt sniffing target dest
  serverNames shortIds privateKey minClientVer maxClientVer certificates certificate key certificateFile keyFile alpn
  serverName minVersion maxVersion path host mode extra headers domainsExcluded __proto__ constructor prototype toString
  0 a.b then toJSON length`
    .split(/\s+/)
    .concat(['', '\0', '\ud800']);

/** A copy: what is put into an input may be changed there. */
const someValue = (random: Random): Json => copy(oneOf(VALUES, random));

/** Faster than structuredClone, by which half of the time went. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

function nested(levels: number): Json {
  return levels === 0 ? 1 : [nested(levels - 1)];
}

function randomJson(random: Random, depth: number): Json {
  const kind = random();
  if (depth === 0 || kind < 0.5) return someValue(random);
  const size = below(5, random);
  if (kind < 0.6) return Array.from({ length: size }, () => randomJson(random, depth - 1));
  return fromEntries(Array.from({ length: size }, () => [oneOf(KEYS, random), randomJson(random, depth - 1)]));
}

/** As JSON.parse makes objects: __proto__ is a key like any other. */
const fromEntries = (entries: [string, Json][]): Json => Object.fromEntries(entries);

type Container = Json[] | { [key: string]: Json };

function containers(value: Json): Container[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(containers)];
}

function mutate(root: Json, random: Random, donors: readonly Json[]): void {
  const container = oneOf(containers(root), random);
  if (!container) return;
  const keys = Object.keys(container);
  const key = oneOf(keys, random);
  const put = (at: string, value: Json): void => {
    Object.defineProperty(container, at, { value, enumerable: true, configurable: true, writable: true });
  };
  const donated = (): Json => copy(oneOf(containers(oneOf(donors, random)), random));
  const kind = random();
  if (kind < 0.15 && Array.isArray(container)) container.push(random() < 0.5 ? someValue(random) : donated());
  else if (kind < 0.3 && !Array.isArray(container)) put(oneOf(KEYS, random), someValue(random));
  else if (key === undefined) return;
  else if (kind < 0.45) Reflect.deleteProperty(container, key);
  else if (kind < 0.55) put(key, donated());
  else if (kind < 0.6) put(key, randomJson(random, 3));
  else if (kind < 0.7) put(key, mutatedText((container as Record<string, Json>)[key] ?? null, random));
  else put(key, someValue(random));
  if (Array.isArray(container))
    container.splice(0, container.length, ...container.filter((item) => item !== undefined));
}

function mutatedText(value: Json, random: Random): Json {
  if (typeof value !== 'string') return someValue(random);
  const at = below(value.length + 1, random);
  const inserted = random() < 0.5 ? '' : String.fromCharCode(below(0x180, random));
  return value.slice(0, at) + inserted + value.slice(at + below(3, random));
}

let donors: Json[];

/** Certificates in the inbound itself are few: to parse one takes longer than all the rest. */
beforeAll(async () => {
  const certificate = { certificateFile: '/etc/ssl/proxy.pem', keyFile: '/etc/ssl/proxy.key' };
  const built = await Promise.all(
    Object.values(ProxyTemplate).map((kind) => buildTemplate(kind, { certificate }, NOW)),
  );
  const inline = await buildTemplate(ProxyTemplate.TROJAN_TLS, {}, NOW);
  donors = [...built, ...built, inline].map((inbound) => copy(inbound) as unknown as Json);
});

const PROTOCOLS = ['vless', 'VMESS', 'trojan', 'shadowsocks', 'socks', '', '__proto__'];

function randomInput(random: Random): { protocol: string; port: number; inbound: Json } {
  const isWild = random() < 0.2;
  const inbound = isWild ? randomJson(random, 6) : copy(oneOf(donors, random));
  if (!isWild) for (let changes = below(4, random); changes >= 0; changes -= 1) mutate(inbound, random, donors);
  const { protocol, port } = (inbound ?? {}) as { protocol?: unknown; port?: unknown };
  return {
    protocol: typeof protocol === 'string' && random() < 0.9 ? protocol : oneOf(PROTOCOLS, random),
    port: typeof port === 'number' && random() < 0.9 ? port : below(70_000, random) - 100,
    inbound,
  };
}

/** Throws what is wrong with the answers; answers the paths of the problems. */
function examine(input: { protocol: string; port: number; inbound: Json }): string[] {
  const { inbound, problems, warnings } = checkInbound(input, NOW);
  for (const { path, message } of [...problems, ...warnings]) {
    if (!/^(inbound|port$|protocol$)/.test(path) || message.length < 5 || /undefined|\[object|NaN/.test(message)) {
      throw new Error(`an unhelpful problem: ${JSON.stringify({ path, message })}`);
    }
  }
  if ((inbound === undefined) !== problems.length > 0) throw new Error('neither valid nor explained');
  if (inbound) examineValid(inbound);
  return problems.map(({ path }) => path.replaceAll(/\d+/g, 'N'));
}

function examineValid(inbound: Inbound): void {
  const { protocol, port } = inbound;
  const text = JSON.stringify(inbound);
  const again = checkInbound({ protocol, port, inbound: JSON.parse(text) as Json }, NOW);
  if (JSON.stringify(again.inbound) !== text) throw new Error('the normal form of the normal form is another one');
  const masked = JSON.stringify(maskInbound(inbound));
  if (JSON.stringify(unmaskInbound(JSON.parse(masked), inbound)) !== text)
    throw new Error('it does not survive the mask');
  if (transports(inbound).size === 0) throw new Error('it listens on nothing');
  if (conflicts(inbound, [{ name: 'itself', inbound }]).length === 0) throw new Error('it could run twice');
}

test(`[R7.7] ${ROUNDS} inputs made to break it`, { timeout: 120_000 }, () => {
  const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_801);
  const random = seeded(seed);
  const paths = new Set<string>();
  let valid = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const input = randomInput(random);
    try {
      const found = examine(input);
      if (found.length === 0) valid += 1;
      for (const path of found) paths.add(path);
    } catch (error) {
      throw new Error(`seed ${seed}, round ${round}: ${JSON.stringify(input)}`, { cause: error });
    }
  }
  // Not all refused at the door, and not all for the same reason.
  expect(valid).toBeGreaterThan(ROUNDS / 50);
  expect(paths.size).toBeGreaterThan(500);
});

test('[R7.7] whatever is handed in for the masked one, nothing breaks', () => {
  const random = seeded(7);
  const stored = donors.map((donor) => donor as unknown as Inbound);
  for (let round = 0; round < 10_000; round += 1) {
    const candidate = randomInput(random).inbound;
    const before = JSON.stringify(candidate);
    unmaskInbound(candidate, oneOf(stored, random));
    if (JSON.stringify(candidate) !== before) throw new Error(`round ${round}: the candidate was changed`);
  }
});
