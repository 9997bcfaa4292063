/**
 * A small world for simulations: paths that lose packets now and then, and nodes that die. Everything follows from the
 * seed, and whether a packet is lost depends only on its path and moment, so that several judges see the same world.
 */
export interface WorldRates {
  /** Bursts of loss in an hour, on the path from the panel to the node, ... */
  panelPathBurstsPerHour: number;
  /** ... on the path of each helper to the node, ... */
  helperPathBurstsPerHour: number;
  /** ... of the panel's own link, which all that it does crosses, ... */
  panelLinkBurstsPerHour: number;
  /** ... and of the node itself: these are outages indeed, its users feel them too. */
  nodeBurstsPerHour: number;
  burstMeanMs: number;
  /** Share of packets lost within a burst and outside. */
  burstLoss: number;
  backgroundLoss: number;
}

/** The world in which the windows of the verdict were chosen. */
export const USUAL_RATES: WorldRates = {
  panelPathBurstsPerHour: 1,
  helperPathBurstsPerHour: 1,
  panelLinkBurstsPerHour: 0,
  nodeBurstsPerHour: 0.2,
  burstMeanMs: 20_000,
  burstLoss: 0.95,
  backgroundLoss: 0.003,
};

export type Path = 'panelLink' | 'panelPath' | 'node' | `helper${number}`;

export interface Span {
  fromMs: number;
  toMs: number;
}

/** How a node ends: it falls silent, its host says goodbye (every connection is reset), or only Xray exits. */
export interface Death {
  atMs: number;
  kind: 'silent' | 'killed' | 'xrayExit';
}

export interface World {
  rates: WorldRates;
  seed: number;
  bursts: Map<Path, Span[]>;
  death: Death | null;
}

export const WORLD_HELPERS = 3;
const ROUND_TRIP_MS = 60;
/** When a kernel sends its SYNs (tcp_syn_linear_timeouts), and after what a lost segment is sent again. */
const SYN_AT_MS = [0, 1_000, 2_000, 3_000, 4_000, 6_000, 10_000];
const RETRANSMIT_FIRST_MS = 300;
const RETRANSMIT_MAX_MS = 30_000;

/** In [0, 1), the same for the same numbers (a finaliser of MurmurHash3). */
export function chance(...numbers: number[]): number {
  let hash = 0x9e3779b9;
  for (const number of numbers) {
    hash = Math.imul(hash ^ (number | 0) ^ Math.floor(number / 0x1_0000_0000), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return (hash >>> 0) / 0x1_0000_0000;
}

const pathNumber = (path: Path): number => {
  switch (path) {
    case 'panelLink':
      return 1;
    case 'panelPath':
      return 2;
    case 'node':
      return 3;
    default:
      return 10 + Number(path.slice('helper'.length));
  }
};

export function makeWorld(seed: number, lengthMs: number, rates: WorldRates, death: Death | null = null): World {
  const bursts = new Map<Path, Span[]>();
  const helpers = Array.from({ length: WORLD_HELPERS }, (_, index): Path => `helper${index}`);
  bursts.set('panelLink', spans(seed, 'panelLink', rates.panelLinkBurstsPerHour, lengthMs, rates.burstMeanMs));
  bursts.set('panelPath', spans(seed, 'panelPath', rates.panelPathBurstsPerHour, lengthMs, rates.burstMeanMs));
  bursts.set('node', spans(seed, 'node', rates.nodeBurstsPerHour, lengthMs, rates.burstMeanMs));
  for (const path of helpers) {
    bursts.set(path, spans(seed, path, rates.helperPathBurstsPerHour, lengthMs, rates.burstMeanMs));
  }
  return { rates, seed, bursts, death };
}

/** Bursts come by a Poisson process and last exponentially long. */
function spans(seed: number, path: Path, perHour: number, lengthMs: number, meanMs: number): Span[] {
  const result: Span[] = [];
  if (perHour <= 0) return result;
  let atMs = 0;
  for (let index = 0; ; index++) {
    atMs += -Math.log(1 - chance(seed, pathNumber(path), 2 * index)) * (3_600_000 / perHour);
    if (atMs >= lengthMs) return result;
    const toMs = atMs - Math.log(1 - chance(seed, pathNumber(path), 2 * index + 1)) * meanMs;
    result.push({ fromMs: atMs, toMs });
    atMs = toMs;
  }
}

export const inBurst = (world: World, path: Path, atMs: number): boolean =>
  (world.bursts.get(path) ?? []).some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);

/** The node itself had an outage between two moments. */
export const nodeWasOut = (world: World, fromMs: number, toMs: number): boolean =>
  isDead(world, toMs) || (world.bursts.get('node') ?? []).some((span) => span.fromMs <= toMs && span.toMs >= fromMs);

export const isDead = ({ death }: World, atMs: number): boolean => death !== null && atMs >= death.atMs;

/** A packet and its answer cross all these paths. */
export function passes(world: World, paths: readonly Path[], atMs: number, purpose: number): boolean {
  const { seed, rates } = world;
  return paths.every((path) => {
    const loss = inBurst(world, path, atMs) ? rates.burstLoss : rates.backgroundLoss;
    return chance(seed, pathNumber(path), atMs, purpose) >= loss;
  });
}

export interface Attempt {
  outcome: 'ok' | 'refused' | 'timeout';
  tookMs: number;
}

/** A connection to the proxy port or to the agent's API. */
export function connect(
  world: World,
  paths: readonly Path[],
  to: 'port' | 'api',
  startMs: number,
  timeoutMs: number,
): Attempt {
  for (const offset of SYN_AT_MS) {
    if (offset >= timeoutMs) break;
    const atMs = startMs + offset;
    const dead = isDead(world, atMs) ? world.death?.kind : undefined;
    if (dead === 'silent' || !passes(world, paths, atMs, to === 'port' ? 1 : 2)) continue;
    const refused = dead === 'killed' || (dead === 'xrayExit' && to === 'port');
    return { outcome: refused ? 'refused' : 'ok', tookMs: offset + ROUND_TRIP_MS };
  }
  return { outcome: 'timeout', tookMs: timeoutMs };
}

/** When something that is sent now arrives over a connection that retransmits. */
export function arrivesAtMs(world: World, paths: readonly Path[], sentMs: number, purpose: number): number {
  let atMs = sentMs;
  let wait = RETRANSMIT_FIRST_MS;
  while (!passes(world, paths, atMs, purpose)) {
    atMs += wait;
    wait = Math.min(2 * wait, RETRANSMIT_MAX_MS);
  }
  return atMs + ROUND_TRIP_MS / 2;
}
