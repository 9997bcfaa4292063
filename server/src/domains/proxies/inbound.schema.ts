import { z } from 'zod';

/**
 * The inbounds that the panel supports, as JSON schema: a strict subset of Xray's own objects, so that a misspelled key is
 * an error here and not silence there (Xray ignores keys that it does not know). What only meaning tells, such as which
 * flow goes with which transport, is checked by inbound.validation.
 */

const text = (longest = 256) => z.string().min(1).max(longest);
const path = z.string().min(1).max(256).startsWith('/');
const hostName = z.string().max(253);

export const VISION = 'xtls-rprx-vision';

export const SHADOWSOCKS_METHODS = ['2022-blake3-aes-128-gcm', '2022-blake3-aes-256-gcm'] as const;
export type ShadowsocksMethod = (typeof SHADOWSOCKS_METHODS)[number];

const vlessSettings = z.strictObject({
  decryption: z.literal('none').default('none'),
  flow: z.enum(['', VISION]).default('').describe('Given to every user of this proxy.'),
});
const noSettings = z.strictObject({});
const shadowsocksSettings = z.strictObject({
  method: z.enum(SHADOWSOCKS_METHODS),
  password: text().describe("The server's key: 16 or 32 random bytes, base64."),
  network: z.enum(['tcp', 'udp', 'tcp,udp']).default('tcp,udp'),
});

const certificate = z.strictObject({
  certificateFile: text(1_024).optional().describe('Path on every node that serves the proxy; read again hourly.'),
  keyFile: text(1_024).optional(),
  certificate: z.array(z.string().max(4_096)).min(1).max(400).optional().describe('PEM, line by line.'),
  key: z.array(z.string().max(4_096)).min(1).max(400).optional().describe('PEM, line by line.'),
  usage: z.literal('encipherment').optional(),
  oneTimeLoading: z.boolean().optional(),
});

const tlsVersion = z.enum(['1.2', '1.3']);
const tlsSettings = z.strictObject({
  serverName: hostName.optional().describe('What clients ask for; from the certificate, or the address, when absent.'),
  alpn: z
    .array(z.enum(['h3', 'h2', 'http/1.1']))
    .max(3)
    .optional(),
  minVersion: tlsVersion.optional(),
  maxVersion: tlsVersion.optional(),
  rejectUnknownSni: z.boolean().optional(),
  certificates: z.array(certificate).min(1).max(8),
});

const realitySettings = z.strictObject({
  show: z.boolean().optional(),
  target: text().describe('host:port of the site that is borrowed.'),
  xver: z.int().min(0).max(2).optional(),
  serverNames: z.array(hostName).min(1).max(16),
  privateKey: text(64).describe('X25519, base64url without padding.'),
  shortIds: z.array(z.string().max(16)).min(1).max(16),
  minClientVer: z.string().max(16).optional(),
  maxClientVer: z.string().max(16).optional(),
  maxTimeDiff: z.int().min(0).optional().describe('Milliseconds; 0 for any.'),
});

const streamSettings = z.strictObject({
  network: z.enum(['raw', 'ws', 'xhttp']).default('raw'),
  security: z.enum(['none', 'tls', 'reality']).default('none'),
  tlsSettings: tlsSettings.optional(),
  realitySettings: realitySettings.optional(),
  rawSettings: z.strictObject({ acceptProxyProtocol: z.boolean().optional() }).optional(),
  wsSettings: z
    .strictObject({
      path: path.default('/'),
      host: hostName.optional(),
      acceptProxyProtocol: z.boolean().optional(),
      heartbeatPeriod: z.int().min(0).max(3_600).optional(),
    })
    .optional(),
  xhttpSettings: z
    .strictObject({
      path: path.default('/'),
      host: hostName.optional(),
      mode: z.enum(['auto', 'packet-up', 'stream-up', 'stream-one']).default('auto'),
      extra: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  sockopt: z
    .strictObject({
      tcpFastOpen: z.boolean().optional(),
      tcpKeepAliveInterval: z.int().min(-1).max(3_600).optional(),
      tcpKeepAliveIdle: z.int().min(-1).max(3_600).optional(),
      tcpUserTimeout: z.int().min(0).max(3_600_000).optional(),
      trustedXForwardedFor: z.array(text(64)).max(8).optional(),
    })
    .optional(),
});

const sniffing = z.strictObject({
  enabled: z.boolean(),
  destOverride: z.array(z.enum(['http', 'tls', 'quic', 'fakedns'])).optional(),
  metadataOnly: z.boolean().optional(),
  routeOnly: z.boolean().optional(),
  domainsExcluded: z.array(text()).max(256).optional(),
});

const common = {
  listen: z
    .string()
    .max(45)
    .default('0.0.0.0')
    .describe('IP address of the node to listen on; 0.0.0.0 and :: are all.'),
  port: z.int().min(1).max(65_535),
  sniffing: sniffing.optional(),
};

export const inboundSchema = z.discriminatedUnion('protocol', [
  z.strictObject({ ...common, protocol: z.literal('vless'), settings: vlessSettings, streamSettings }),
  z.strictObject({ ...common, protocol: z.literal('vmess'), settings: noSettings.default({}), streamSettings }),
  z.strictObject({ ...common, protocol: z.literal('trojan'), settings: noSettings.default({}), streamSettings }),
  z.strictObject({ ...common, protocol: z.literal('shadowsocks'), settings: shadowsocksSettings }),
]);

/** An inbound that has passed the schema, without tag and clients. */
export type Inbound = z.infer<typeof inboundSchema>;
export type StreamSettings = z.infer<typeof streamSettings>;
export type TlsSettings = z.infer<typeof tlsSettings>;
export type RealitySettings = z.infer<typeof realitySettings>;
