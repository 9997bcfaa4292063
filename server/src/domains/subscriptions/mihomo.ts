import { stringify } from 'yaml';
import { clashProxy, type Dialect } from './clash-proxy.js';
import type { ClientProxy } from './endpoint.js';
import { PRIVATE_NETWORKS_V4, PRIVATE_NETWORKS_V6, PROBE_URL } from './private-networks.js';

/**
 * A whole profile for Mihomo, Stash or classic Clash. FAILOVER comes first: it takes the first server of the list that
 * lives, so the order of the panel is the order of the client (Meta-Docs, config/proxy-groups/fallback).
 */
export function clashProfile(proxies: readonly ClientProxy[], dialect: Dialect): string {
  const written = proxies.flatMap((proxy) => clashProxy(proxy, dialect) ?? []);
  const profile = {
    'mixed-port': 7_890,
    'allow-lan': false,
    mode: 'rule',
    'log-level': 'warning',
    ipv6: true,
    ...(dialect === 'mihomo' && MIHOMO_ONLY),
    proxies: written,
    'proxy-groups': groups(written.map(({ name }) => name)),
    rules: RULES,
  };
  return hint(proxies.length, written.length) + stringify(profile, WRITING);
}

/** Quotes everywhere: the readers are of YAML 1.1, to which 0b01 is a number and not the short id that it is here. */
const WRITING = {
  lineWidth: 0,
  aliasDuplicateObjects: false,
  defaultStringType: 'QUOTE_DOUBLE',
  defaultKeyType: 'PLAIN',
} as const;

/**
 * Names are looked up behind the proxy, except those of the servers themselves. Fake addresses keep the lookup of the
 * visited site away from the local network (Meta-Docs, config/dns).
 */
const MIHOMO_ONLY = {
  'unified-delay': true,
  'tcp-concurrent': true,
  dns: {
    enable: true,
    ipv6: true,
    'enhanced-mode': 'fake-ip',
    'fake-ip-range': '198.18.0.1/16',
    'fake-ip-filter': ['*.lan', '*.local'],
    nameserver: ['https://1.1.1.1/dns-query#PROXY', 'https://8.8.8.8/dns-query#PROXY'],
    'proxy-server-nameserver': ['system'],
  },
};

const RULES = [
  'DOMAIN-SUFFIX,local,DIRECT',
  ...PRIVATE_NETWORKS_V4.map((network) => `IP-CIDR,${network},DIRECT,no-resolve`),
  ...PRIVATE_NETWORKS_V6.map((network) => `IP-CIDR6,${network},DIRECT,no-resolve`),
  'MATCH,PROXY',
];

/** Without a server everything is refused: going direct would show the user's own address. */
function groups(names: string[]): Record<string, unknown>[] {
  if (names.length === 0) return [{ name: 'PROXY', type: 'select', proxies: ['REJECT'] }];
  return [
    { name: 'PROXY', type: 'select', proxies: ['FAILOVER', 'AUTO', ...names] },
    { name: 'FAILOVER', type: 'fallback', proxies: names, url: PROBE_URL, interval: 60 },
    { name: 'AUTO', type: 'url-test', proxies: names, url: PROBE_URL, interval: 300, tolerance: 50 },
  ];
}

function hint(given: number, written: number): string {
  if (given === written) return '';
  return `# ${given - written} of ${given} servers are not listed: this app cannot use them.\n`;
}
