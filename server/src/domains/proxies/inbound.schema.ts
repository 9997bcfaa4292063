import { z } from 'zod';
import { modernise } from './inbound.spelling.js';

/**
 * The inbounds that the panel supports: a strict subset of Xray's own objects, so that a misspelled key is an error here
 * and not silence there (Xray ignores keys that it does not know). Older spellings are read as the present ones. What
 * only meaning tells, such as which flow goes with which transport, is checked by inbound.validation.
 */

const text = (longest = 256) => z.string().min(1).max(longest);
const path = z.string().min(1).max(256).startsWith('/');
const hostName = z.string().max(253);

export const VISION = 'xtls-rprx-vision';

export const SHADOWSOCKS_METHODS = ['2022-blake3-aes-128-gcm', '2022-blake3-aes-256-gcm'] as const;
export type ShadowsocksMethod = (typeof SHADOWSOCKS_METHODS)[number];

const vlessSettings = z.strictObject({
  decryption: z.literal('none').default('none'),
  flow: z
    .enum(['', VISION])
    .default('')
    .describe(`Given to every user of this proxy. ${VISION} needs network raw with security tls or reality.`),
});
const noSettings = z.strictObject({}).describe('Nothing: users are added by the panel.');
const shadowsocksSettings = z.strictObject({
  method: z.enum(SHADOWSOCKS_METHODS).describe('The length of all keys follows from it.'),
  password: text().describe("The server's key: 16 or 32 random bytes, base64."),
  network: z.enum(['tcp', 'udp', 'tcp,udp']).default('tcp,udp'),
});

const pemLines = z.array(z.string().max(4_096)).min(1).max(400).optional();
const certificate = z.strictObject({
  certificateFile: text(1_024).optional().describe('Path on every node that serves the proxy; read again hourly.'),
  keyFile: text(1_024).optional().describe('Path on every node that serves the proxy.'),
  certificate: pemLines.describe('The certificate, followed by those that signed it: PEM, line by line.'),
  key: pemLines.describe('Its private key, not encrypted: PEM, line by line.'),
  usage: z.literal('encipherment').optional(),
  oneTimeLoading: z.boolean().optional().describe('Files are read once and not again.'),
});

const tlsVersion = z.enum(['1.2', '1.3']);
const tlsSettings = z.strictObject({
  serverName: hostName.optional().describe('What clients ask for; from the certificate, or the address, when absent.'),
  alpn: z
    .array(z.enum(['h3', 'h2', 'http/1.1']))
    .max(3)
    .optional()
    .describe('["h3"] alone makes XHTTP listen on UDP.'),
  minVersion: tlsVersion.optional(),
  maxVersion: tlsVersion.optional(),
  rejectUnknownSni: z.boolean().optional().describe('Refuse clients that ask for a name in no certificate.'),
  certificates: z.array(certificate).min(1).max(8).describe('Each as two files on the node or as two texts.'),
});

const realitySettings = z.strictObject({
  show: z.boolean().optional().describe("Writes each handshake to Xray's log."),
  target: text().describe('host:port of the site that is borrowed.'),
  xver: z.int().min(0).max(2).optional().describe('Version of the PROXY protocol towards the target; 0 for none.'),
  serverNames: z.array(hostName).min(1).max(16).describe("Names in the target's certificate; no wildcards."),
  privateKey: text(64).describe('X25519, base64url without padding.'),
  shortIds: z
    .array(z.string().max(64))
    .min(1)
    .max(16)
    .describe('Each an even number of at most 16 hexadecimal digits.'),
  minClientVer: z.string().max(16).optional().describe('x.y.z; above 1.8.0 some clients other than Xray are refused.'),
  maxClientVer: z.string().max(16).optional(),
  maxTimeDiff: z.int().min(0).max(86_400_000).optional().describe('Milliseconds; 0 for any.'),
});

const rawSettings = z.strictObject({ acceptProxyProtocol: z.boolean().optional() });
const wsSettings = z.strictObject({
  path: path.default('/'),
  host: hostName.optional().describe('Requests for another host are refused.'),
  acceptProxyProtocol: z.boolean().optional(),
  heartbeatPeriod: z.int().min(0).max(3_600).optional().describe('Seconds; 0 for none.'),
});

/** Xray's Int32Range: a number, or a text such as 100-1000. */
const range = z.union([z.int().min(0).max(2_147_483_647), z.string().regex(/^\d{1,9}(-\d{1,9})?$/)]);
const xhttpXmux = z.strictObject({
  maxConcurrency: range.optional(),
  maxConnections: range.optional(),
  cMaxReuseTimes: range.optional(),
  hMaxRequestTimes: range.optional(),
  hMaxReusableSecs: range.optional(),
  hKeepAlivePeriod: z.int().min(-1).max(3_600).optional(),
});
/** What infra/conf/transport_method.go (SplitHTTPConfig) of Xray 26.7.28 reads, without what would lead clients elsewhere. */
const xhttpExtra = z.strictObject({
  headers: z.record(z.string().max(128), z.string().max(1_024)).optional(),
  xPaddingBytes: range.optional(),
  xPaddingObfsMode: z.boolean().optional(),
  xPaddingKey: text(64).optional(),
  xPaddingHeader: text(64).optional(),
  xPaddingPlacement: z.enum(['cookie', 'header', 'query', 'queryInHeader']).optional(),
  xPaddingMethod: z.enum(['repeat-x', 'tokenish']).optional(),
  uplinkHTTPMethod: z.enum(['POST', 'PUT', 'PATCH', 'GET']).optional(),
  sessionIDPlacement: z.enum(['path', 'cookie', 'header', 'query']).optional(),
  sessionIDKey: text(64).optional(),
  sessionIDTable: text().optional(),
  sessionIDLength: range.optional(),
  seqPlacement: z.enum(['path', 'cookie', 'header', 'query']).optional(),
  seqKey: text(64).optional(),
  uplinkDataPlacement: z.enum(['auto', 'body', 'cookie', 'header']).optional(),
  uplinkDataKey: text(64).optional(),
  uplinkChunkSize: range.optional(),
  noGRPCHeader: z.boolean().optional(),
  noSSEHeader: z.boolean().optional(),
  scMaxEachPostBytes: range.optional(),
  scMinPostsIntervalMs: range.optional(),
  scMaxBufferedPosts: z.int().min(0).max(65_536).optional(),
  scStreamUpServerSecs: range.optional(),
  serverMaxHeaderBytes: z.int().min(0).max(1_048_576).optional(),
  xmux: xhttpXmux.optional(),
});
const xhttpSettings = z.strictObject({
  path: path.default('/'),
  host: hostName.optional().describe('Requests for another host are refused.'),
  mode: z.enum(['auto', 'packet-up', 'stream-up', 'stream-one']).default('auto'),
  extra: xhttpExtra.optional().describe('The same for node and clients.'),
});

const sockopt = z.strictObject({
  tcpFastOpen: z.boolean().optional(),
  tcpKeepAliveInterval: z.int().min(-1).max(3_600).optional().describe('Seconds.'),
  tcpKeepAliveIdle: z.int().min(-1).max(3_600).optional().describe('Seconds.'),
  tcpUserTimeout: z.int().min(0).max(3_600_000).optional().describe('Milliseconds.'),
  trustedXForwardedFor: z
    .array(text(64))
    .max(8)
    .optional()
    .describe('Headers that only your CDN sets, such as CF-Connecting-IP: X-Forwarded-For is believed beside them.'),
});

const streamSettings = z.strictObject({
  network: z
    .enum(['raw', 'ws', 'xhttp'])
    .default('raw')
    .describe('How the proxy protocol is carried; raw is plain TCP.'),
  security: z.enum(['none', 'tls', 'reality']).default('none'),
  tlsSettings: tlsSettings.optional().describe('For security tls.'),
  realitySettings: realitySettings.optional().describe('For security reality.'),
  rawSettings: rawSettings.optional().describe('For network raw.'),
  wsSettings: wsSettings.optional().describe('For network ws.'),
  xhttpSettings: xhttpSettings.optional().describe('For network xhttp.'),
  sockopt: sockopt.optional(),
});

const sniffing = z.strictObject({
  enabled: z.boolean(),
  destOverride: z
    .array(z.enum(['http', 'tls', 'quic', 'fakedns']))
    .max(4)
    .optional(),
  metadataOnly: z.boolean().optional(),
  routeOnly: z.boolean().optional().describe('The name that was found is for routing only.'),
  domainsExcluded: z.array(text()).max(256).optional(),
});

const common = {
  listen: z
    .string()
    .max(45)
    .default('0.0.0.0')
    .describe('IP address of the node to listen on; 0.0.0.0 and :: are all.'),
  port: z.int().min(1).max(65_535),
  sniffing: sniffing.optional().describe('Finds out the name of the site that a user connects to.'),
};

const PROTOCOLS = {
  vless: z.strictObject({ ...common, protocol: z.literal('vless'), settings: vlessSettings, streamSettings }),
  vmess: z.strictObject({ ...common, protocol: z.literal('vmess'), settings: noSettings.default({}), streamSettings }),
  trojan: z.strictObject({
    ...common,
    protocol: z.literal('trojan'),
    settings: noSettings.default({}),
    streamSettings,
  }),
  shadowsocks: z.strictObject({ ...common, protocol: z.literal('shadowsocks'), settings: shadowsocksSettings }),
};

export type Protocol = keyof typeof PROTOCOLS;
export const protocols = Object.keys(PROTOCOLS) as Protocol[];
export const isProtocol = (name: string): name is Protocol => Object.hasOwn(PROTOCOLS, name);

/** The schema of one protocol, which knows the present spellings only. */
export const protocolSchema = (protocol: Protocol): z.ZodObject => PROTOCOLS[protocol];

/** As far as an inbound can be read whose protocol is not known. */
export const anyProtocolSchema: z.ZodObject = z.looseObject({ ...common, streamSettings: streamSettings.optional() });

export const inboundSchema = z.preprocess(
  modernise,
  z.discriminatedUnion('protocol', [PROTOCOLS.vless, PROTOCOLS.vmess, PROTOCOLS.trojan, PROTOCOLS.shadowsocks]),
);

/** An inbound that has passed the schema, without tag and clients. */
export type Inbound = z.infer<typeof inboundSchema>;
export type StreamSettings = z.infer<typeof streamSettings>;
export type TlsSettings = z.infer<typeof tlsSettings>;
export type TlsCertificate = z.infer<typeof certificate>;
export type RealitySettings = z.infer<typeof realitySettings>;
export type Sniffing = z.infer<typeof sniffing>;
