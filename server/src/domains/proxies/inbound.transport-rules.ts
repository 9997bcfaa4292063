import type { Findings } from './inbound.problems.js';
import type { ReadableInbound, ReadableStream } from './inbound.readable.js';
import { VISION, type Protocol, type StreamSettings } from './inbound.schema.js';

type Network = StreamSettings['network'];
type Security = StreamSettings['security'];

/**
 * What is known to work between Xray and the clients that the panel makes subscriptions for. Xray itself starts with many
 * more (`xray run -test` looks at no combination), and then serves nobody: VLESS and Trojan without TLS or REALITY are
 * refused by clients since 26.7.11, and REALITY lends its handshake to VLESS and Trojan only.
 */
const COMBINATIONS: Readonly<Record<Exclude<Protocol, 'shadowsocks'>, Readonly<Partial<Record<Network, Security[]>>>>> =
  {
    vless: { raw: ['reality', 'tls'], xhttp: ['reality', 'tls'], ws: ['tls'] },
    vmess: { ws: ['tls', 'none'], raw: ['tls'] },
    trojan: { raw: ['tls', 'reality'], ws: ['tls'] },
  };

const NETWORK_SETTINGS = { raw: 'rawSettings', ws: 'wsSettings', xhttp: 'xhttpSettings' } as const;
const SECURITY_SETTINGS = { tls: 'tlsSettings', reality: 'realitySettings' } as const;

/** Which transport, security and flow go together, and whose settings may be there. */
export function checkTransport(
  { protocol, settings, streamSettings: stream }: ReadableInbound,
  findings: Findings,
): void {
  if (!stream) return;
  const network = chosen(stream, 'network', 'raw', findings);
  const security = chosen(stream, 'security', 'none', findings);
  checkBelonging(stream, 'network', network, NETWORK_SETTINGS, findings);
  checkBelonging(stream, 'security', security, SECURITY_SETTINGS, findings);
  if (!network || !security) return;
  if (protocol && protocol !== 'shadowsocks') checkCombination(protocol, network, security, findings);
  if (security !== 'none' && stream[SECURITY_SETTINGS[security]] === undefined) {
    const name = SECURITY_SETTINGS[security];
    findings.problem(['streamSettings', name], `is missing: security ${security} needs it`);
  }
  if (settings?.flow === VISION) checkVision(stream, network, security, findings);
}

/** The choice that is in force; undefined when what was written there could not be read. */
function chosen<Key extends 'network' | 'security'>(
  stream: ReadableStream,
  key: Key,
  otherwise: StreamSettings[Key],
  findings: Findings,
): StreamSettings[Key] | undefined {
  const given = stream[key] as StreamSettings[Key] | undefined;
  return findings.has(['streamSettings', key]) ? undefined : (given ?? otherwise);
}

function checkCombination(
  protocol: Exclude<Protocol, 'shadowsocks'>,
  network: Network,
  security: Security,
  findings: Findings,
): void {
  const known = COMBINATIONS[protocol];
  const securities = known[network];
  if (!securities) {
    const networks = Object.keys(known).join(' or ');
    findings.problem(['streamSettings', 'network'], `must be ${networks} for ${protocol}`);
  } else if (!securities.includes(security)) {
    const reason = security === 'none' ? ': clients refuse it unencrypted' : '';
    findings.problem(
      ['streamSettings', 'security'],
      `must be ${securities.join(' or ')} for ${protocol} over ${network}${reason}`,
    );
  }
}

function checkBelonging(
  stream: ReadableStream,
  key: 'network' | 'security',
  value: string | undefined,
  names: Readonly<Record<string, keyof StreamSettings>>,
  findings: Findings,
): void {
  if (value === undefined) return;
  for (const [owner, name] of Object.entries(names)) {
    if (stream[name] === undefined || owner === value) continue;
    findings.problem(
      ['streamSettings', name],
      `belongs to ${key} ${owner}, but ${key} is ${value}; remove one of the two`,
    );
  }
}

/** Vision copies the records of an inner TLS 1.3 and needs an outer one that can be left (proxy/vless/inbound of Xray). */
function checkVision(stream: ReadableStream, network: Network, security: Security, findings: Findings): void {
  if (network !== 'raw' || security === 'none') {
    findings.problem(
      ['settings', 'flow'],
      `must be empty: ${VISION} needs network raw with security tls or reality, and this is ${network} with ${security}`,
    );
  } else if (security === 'tls' && stream.tlsSettings?.maxVersion === '1.2') {
    findings.problem(['streamSettings', 'tlsSettings', 'maxVersion'], `must be 1.3 or absent: ${VISION} needs TLS 1.3`);
  }
}
