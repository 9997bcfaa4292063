import type { NodeSpec } from '../fleet/create-nodes.js';
import { CITIES, type City } from './cities.js';

const ISPS = ['hetzner', 'ovh', 'vultr', 'linode', 'contabo', 'leaseweb'];
const TIERS = ['standard', 'standard', 'standard', 'premium', 'trial'];
/** Machines of one city do not stand on one point of the map. */
const SPREAD_DEGREES = 0.25;
/** Blocks that are kept for documentation (RFC 5737, RFC 2544): they belong to nobody. */
const BLOCKS = ['198.51.100', '203.0.113', '192.0.2', '198.18.0', '198.18.1', '198.18.2', '198.18.3', '198.18.4'];
const HOSTS_PER_BLOCK = 250;
export const MOST_NODES = BLOCKS.length * HOSTS_PER_BLOCK - 1;

/** So many nodes over the cities of the world, more where more people live behind them. */
export function worldNodes(count: number): NodeSpec[] {
  const counters = new Map<string, number>();
  return Array.from({ length: count }, (_, index) => {
    const city = nextCity(counters);
    const number = (counters.get(city.code) ?? 0) + 1;
    counters.set(city.code, number);
    return nodeIn(city, number, index);
  });
}

/** The city that is furthest behind its share. */
function nextCity(counters: ReadonlyMap<string, number>): City {
  const filled = ({ code, share }: City): number => ((counters.get(code) ?? 0) + 1) / share;
  return CITIES.reduce((least, city) => (filled(city) < filled(least) ? city : least));
}

function nodeIn(city: City, number: number, index: number): NodeSpec {
  const pick = (list: readonly string[], salt: number): string => list[(index * salt + number) % list.length] ?? '';
  return {
    name: `${city.code}-${String(number).padStart(2, '0')}`,
    address: `${BLOCKS[Math.floor(index / HOSTS_PER_BLOCK)] ?? ''}.${(index % HOSTS_PER_BLOCK) + 1}`,
    tags: [
      { key: 'region', value: city.region },
      { key: 'isp', value: pick(ISPS, 7) },
      { key: 'tier', value: pick(TIERS, 3) },
    ],
    location: {
      latitude: round(city.latitude + SPREAD_DEGREES * (Math.random() - 0.5)),
      longitude: round(city.longitude + SPREAD_DEGREES * (Math.random() - 0.5)),
      city: city.name,
      countryCode: city.countryCode,
    },
    weight: 1 + (index % 5),
  };
}

const round = (degrees: number): number => Math.round(degrees * 1e4) / 1e4;
