import { createHash } from 'node:crypto';
import type { ShadowsocksMethod } from './inbound.schema.js';

/** What a user shows to a node, whatever the protocol. */
export interface Credentials {
  /** For VLESS and VMess. */
  uuid: string;
  /** For Trojan; the key for Shadowsocks is made from it. */
  password: string;
}

const KEY_BYTES: Record<ShadowsocksMethod, number> = { '2022-blake3-aes-128-gcm': 16, '2022-blake3-aes-256-gcm': 32 };

export const shadowsocksKeyBytes = (method: ShadowsocksMethod): number => KEY_BYTES[method];

/** A user's key for Shadowsocks 2022; the agent makes the same one (docs/agent-protocol.md, "Configuration"). */
export const shadowsocksKey = (password: string, method: ShadowsocksMethod): string =>
  createHash('sha256').update(`vpanel-ss2022\n${password}`).digest().subarray(0, KEY_BYTES[method]).toString('base64');
