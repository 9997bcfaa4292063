import type { ProxyTemplate } from '../../graphql/gen/graphql';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path of keys and indexes such as `streamSettings.realitySettings.shortIds.0`. */
export function valueAt(document: unknown, path: string): Json | undefined {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
      document,
    ) as Json | undefined;
}

/** A copy with another value at the path; objects on the way are made. */
export function withValue(document: JsonObject, path: string, value: Json): JsonObject {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...document, [key]: value };
  const child = document[key];
  return { ...document, [key]: withValue(isObject(child) ? child : {}, rest.join('.'), value) };
}

export const textAt = (document: unknown, path: string): string => {
  const value = valueAt(document, path);
  return typeof value === 'string' ? value : '';
};

export const textsAt = (document: unknown, path: string): string[] => {
  const value = valueAt(document, path);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
};

export const REALITY = 'streamSettings.realitySettings';
export const TLS = 'streamSettings.tlsSettings';

export type Transport = 'raw' | 'ws' | 'xhttp';
export type Security = 'none' | 'tls' | 'reality';

/** What a person wants to know of an inbound at first sight. */
export interface Traits {
  protocol: string;
  /** None where the protocol brings its own. */
  transport: Transport | undefined;
  security: Security | undefined;
  vision: boolean;
  method: string | undefined;
}

export function traitsOf(inbound: unknown, protocol: string): Traits {
  const own = protocol.toLowerCase() === 'shadowsocks';
  return {
    protocol: protocol.toLowerCase(),
    transport: own ? undefined : ((textAt(inbound, 'streamSettings.network') || 'raw') as Transport),
    security: own ? undefined : ((textAt(inbound, 'streamSettings.security') || 'none') as Security),
    vision: textAt(inbound, 'settings.flow') !== '',
    method: own ? textAt(inbound, 'settings.method') : undefined,
  };
}

/** The template that makes such an inbound, or the nearest one, which is good enough to make new keys. */
export function templateOf(traits: Traits): ProxyTemplate {
  const { protocol, transport, security } = traits;
  if (protocol === 'shadowsocks') {
    return traits.method?.includes('128') ? 'SHADOWSOCKS_2022_128' : 'SHADOWSOCKS_2022_256';
  }
  if (protocol === 'vmess') return security === 'tls' ? 'VMESS_WS_TLS' : 'VMESS_WS';
  if (protocol === 'trojan') return transport === 'ws' ? 'TROJAN_WS_TLS' : 'TROJAN_TLS';
  if (security === 'reality') return transport === 'xhttp' ? 'VLESS_XHTTP_REALITY' : 'VLESS_REALITY_VISION';
  if (transport === 'xhttp') return 'VLESS_XHTTP_TLS';
  return transport === 'ws' ? 'VLESS_WS_TLS' : 'VLESS_TLS_VISION';
}

/** Stands for a key that the panel does not show. */
export const MASK = '••••••••';

export const isMasked = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() === MASK : Array.isArray(value) && value.length > 0 && value.every(isMasked);

/** Whether anything in the document is masked. */
export function hasMask(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isMasked(value);
  return Object.values(value).some(hasMask);
}

/** A masked copy of a proxy has no keys; it gets those of an inbound that was just made. */
export function withFreshSecrets(copy: JsonObject, made: JsonObject): JsonObject {
  let result = copy;
  for (const path of ['settings.password', `${REALITY}.privateKey`]) {
    const fresh = valueAt(made, path);
    if (isMasked(valueAt(copy, path)) && fresh !== undefined) result = withValue(result, path, fresh);
  }
  const certificates = valueAt(copy, `${TLS}.certificates`);
  const fresh = valueAt(made, `${TLS}.certificates`);
  if (fresh !== undefined && hasMask(certificates)) result = withValue(result, `${TLS}.certificates`, fresh);
  return result;
}
