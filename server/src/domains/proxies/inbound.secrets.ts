import { isObject } from './inbound.json.js';
import { isMask, MASK } from './inbound.mask.js';
import type { Inbound, StreamSettings, TlsCertificate } from './inbound.schema.js';
import { pemLines } from './inbound.spelling.js';

export { MASK } from './inbound.mask.js';

/** The inbound with its secrets replaced by MASK, to be shown and edited. */
export function maskInbound(inbound: Inbound): unknown {
  if (inbound.protocol === 'shadowsocks') return { ...inbound, settings: { ...inbound.settings, password: MASK } };
  return { ...inbound, streamSettings: maskStream(inbound.streamSettings) };
}

function maskStream(stream: StreamSettings): StreamSettings {
  const { realitySettings: reality, tlsSettings: tls } = stream;
  return {
    ...stream,
    ...(reality && { realitySettings: { ...reality, privateKey: MASK } }),
    ...(tls && { tlsSettings: { ...tls, certificates: tls.certificates.map(maskCertificate) } }),
  };
}

const maskCertificate = (certificate: TlsCertificate): TlsCertificate =>
  certificate.key ? { ...certificate, key: [MASK] } : certificate;

/**
 * The candidate with what is stored where it has the mask, so that a masked inbound can be edited and sent back. A mask
 * with nothing stored behind it stays, and checkInbound refuses it. A certificate's key is put back only beside the same
 * certificate at the same index.
 */
export function unmaskInbound(candidate: unknown, stored: Inbound): unknown {
  if (!isObject(candidate)) return candidate;
  if (stored.protocol === 'shadowsocks') {
    const { password } = stored.settings;
    return replace(candidate, 'settings', (settings) => replaceMask(settings, 'password', password));
  }
  const { realitySettings: reality, tlsSettings: tls } = stored.streamSettings;
  return replace(candidate, 'streamSettings', (stream) => {
    const withKey = replace(stream, 'realitySettings', (object) =>
      replaceMask(object, 'privateKey', reality?.privateKey),
    );
    return replace(withKey, 'tlsSettings', (object) =>
      replace(object, 'certificates', (list) =>
        Array.isArray(list) ? list.map((item, index) => unmaskCertificate(item, tls?.certificates[index])) : list,
      ),
    );
  });
}

function unmaskCertificate(candidate: unknown, stored: TlsCertificate | undefined): unknown {
  if (!isObject(candidate) || !stored?.key) return candidate;
  const lines = linesOf(candidate['certificate']);
  const isSame = lines !== undefined && lines.join('\n') === stored.certificate?.join('\n');
  const isMasked = linesOf(candidate['key'])?.every(isMask) ?? false;
  return isSame && isMasked ? { ...candidate, key: stored.key } : candidate;
}

const linesOf = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.every((line) => typeof line === 'string') ? pemLines(value.join('\n')) : undefined;

function replace(value: unknown, key: string, change: (child: unknown) => unknown): unknown {
  if (!isObject(value) || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: change(value[key]) };
}

const replaceMask = (value: unknown, key: string, secret: string | undefined): unknown =>
  replace(value, key, (child) => (typeof child === 'string' && isMask(child) ? (secret ?? child) : child));
