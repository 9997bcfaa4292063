import type { NodeSpec } from './create-nodes.js';

const REGIONS = ['eu', 'us', 'asia', 'sa'];
const ISPS = ['hetzner', 'ovh', 'linode'];

/** Nodes that differ in all that a list shows; their order by name is that of their numbers. */
export function plainNodes(count: number): NodeSpec[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `bench-${String(index).padStart(5, '0')}`,
    address: `10.${Math.floor(index / 62_500)}.${Math.floor(index / 250) % 250}.${(index % 250) + 1}`,
    tags: [
      { key: 'region', value: REGIONS[index % REGIONS.length] ?? '' },
      { key: 'isp', value: ISPS[index % ISPS.length] ?? '' },
    ],
    location: {
      latitude: ((index * 37) % 140) - 70,
      longitude: ((index * 61) % 360) - 180,
      city: `City ${index % 100}`,
      countryCode: 'DE',
    },
    weight: (index % 10) + 1,
  }));
}
