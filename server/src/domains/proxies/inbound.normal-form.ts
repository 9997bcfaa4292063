import { DEFAULT_MIN_CLIENT_VERSION } from './inbound.reality-rules.js';
import type { Inbound, StreamSettings } from './inbound.schema.js';

/**
 * Writes out what would otherwise depend on the version of Xray, or what clients have to be told: nobody who reads a
 * stored inbound needs to know a default.
 */
export function normalForm(inbound: Inbound): Inbound {
  if (inbound.protocol === 'shadowsocks') return inbound;
  return { ...inbound, streamSettings: normalStream(inbound.streamSettings) };
}

function normalStream(stream: StreamSettings): StreamSettings {
  const result = { ...stream };
  const { network, tlsSettings, realitySettings } = stream;
  if (realitySettings) result.realitySettings = { minClientVer: DEFAULT_MIN_CLIENT_VERSION, ...realitySettings };
  // Xray offers h2 and http/1.1 by itself, and a client that takes h2 cannot speak WebSocket.
  if (network === 'ws' && tlsSettings) result.tlsSettings = { ...tlsSettings, alpn: tlsSettings.alpn ?? ['http/1.1'] };
  if (network === 'ws') result.wsSettings ??= { path: '/' };
  if (network === 'xhttp') result.xhttpSettings ??= { path: '/', mode: 'auto' };
  return result;
}
