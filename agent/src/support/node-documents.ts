import { createHash } from 'node:crypto';

// Documents as a panel sends them.

export const BASE = {
  outbounds: [
    // Loopback is where the tests' own servers are; in production Xray keeps its users away from it.
    { tag: 'direct', protocol: 'freedom', settings: { finalRules: [{ action: 'allow' }] } },
    { tag: 'block', protocol: 'blackhole' },
  ],
  routing: { rules: [] },
};

export const vless = (tag: string, port: number, more: object = {}) => ({
  tag,
  listen: '127.0.0.1',
  port,
  protocol: 'vless',
  settings: { decryption: 'none' },
  streamSettings: { network: 'raw' },
  ...more,
});

export const vmess = (tag: string, port: number) => ({
  tag,
  listen: '127.0.0.1',
  port,
  protocol: 'vmess',
  settings: {},
});

export const trojan = (tag: string, port: number) => ({
  tag,
  listen: '127.0.0.1',
  port,
  protocol: 'trojan',
  settings: {},
});

export const SERVER_KEY = Buffer.alloc(16, 1).toString('base64');

export const shadowsocks = (tag: string, port: number) => ({
  tag,
  listen: '127.0.0.1',
  port,
  protocol: 'shadowsocks',
  settings: { method: '2022-blake3-aes-128-gcm', password: SERVER_KEY, network: 'tcp,udp' },
});

/** The same for the same id; another `version` has other credentials. */
export function user(id: string, version = 0) {
  const digits = createHash('sha256').update(`${id} ${version}`).digest('hex');
  const uuid = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
  return { id, uuid: [...uuid, digits.slice(20, 32)].join('-'), password: digits.slice(32) };
}

export function users(count: number, prefix = 'u') {
  return Array.from({ length: count }, (_, index) => user(`${prefix}${index}`));
}
