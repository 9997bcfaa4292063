import { shadowsocksKeyBytes } from './accounts.js';
import { isMask, MASK_REFUSED } from './inbound.mask.js';
import type { Findings } from './inbound.problems.js';
import type { ReadableInbound } from './inbound.readable.js';
import { SHADOWSOCKS_METHODS } from './inbound.schema.js';

/** Xray takes the key for its bytes and wants exactly as many as the method has (proxy/shadowsocks_2022). */
export function checkShadowsocks(settings: NonNullable<ReadableInbound['settings']>, findings: Findings): void {
  const { password } = settings;
  if (password === undefined) return;
  const path = ['settings', 'password'];
  const bytes = Buffer.from(password, 'base64');
  const method = SHADOWSOCKS_METHODS.find((name) => name === settings.method);
  const lengths = method ? [shadowsocksKeyBytes(method)] : SHADOWSOCKS_METHODS.map(shadowsocksKeyBytes);
  if (isMask(password)) findings.problem(path, MASK_REFUSED);
  else if (!lengths.includes(bytes.length) || bytes.toString('base64') !== password) {
    findings.problem(path, `must be ${lengths.join(' or ')} random bytes in base64; generate a new one`);
  }
}
