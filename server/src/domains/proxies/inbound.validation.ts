import { modernise, originalPath } from './inbound.spelling.js';
import { checkAddresses } from './inbound.address-rules.js';
import { checkJson, isObject, type JsonObject } from './inbound.json.js';
import { normalForm } from './inbound.normal-form.js';
import { Findings, type ConfigProblem } from './inbound.problems.js';
import type { ReadableInbound } from './inbound.readable.js';
import { checkReality } from './inbound.reality-rules.js';
import { prune, reportIssue } from './inbound.schema-problems.js';
import {
  anyProtocolSchema,
  isProtocol,
  protocols,
  protocolSchema,
  type Inbound,
  type Protocol,
} from './inbound.schema.js';
import { checkShadowsocks } from './inbound.shadowsocks-rules.js';
import { checkTls } from './inbound.tls-rules.js';
import { checkTransport } from './inbound.transport-rules.js';

export { conflicts, transports, type NamedInbound, type Transport } from './inbound.conflicts.js';
export type { ConfigProblem } from './inbound.problems.js';

export interface InboundCandidate {
  /** In either case: the API's enum is in capitals, Xray's names are not. */
  protocol: string;
  port: number;
  /** Xray's inbound object without tag and users; protocol and port may be repeated in it. */
  inbound: unknown;
}

export interface InboundCheck {
  /** The normal form; present exactly when there are no problems. */
  inbound?: Inbound;
  problems: ConfigProblem[];
  warnings: ConfigProblem[];
}

/** Everything that is wrong with an inbound by itself, at once. Never throws, whatever the inbound is. */
export function checkInbound({ protocol, port, inbound }: InboundCandidate, now: Date): InboundCheck {
  const findings = new Findings((path) => originalPath(inbound, path));
  if (!checkJson(inbound, (path, message) => findings.problem(path, message))) return findings.finish();
  if (!isObject(inbound)) {
    findings.problem([], 'must be a JSON object in { }');
    return findings.finish();
  }
  const lowerCase = protocol.toLowerCase();
  const name = isProtocol(lowerCase) ? lowerCase : undefined;
  if (!name) findings.problemBeside('protocol', `must be one of ${protocols.join(', ')}`);
  checkRepeated(inbound, name, port, findings);
  const schema = name ? protocolSchema(name) : anyProtocolSchema;
  const document = { ...(modernise(inbound) as JsonObject), protocol: name, port };
  const parsed = schema.safeParse(document);
  for (const issue of parsed.error?.issues ?? []) reportIssue(issue, schema, document, findings);
  checkMeaning((parsed.data ?? prune(document, parsed.error?.issues ?? [])) as ReadableInbound, findings, now);
  const { problems, warnings } = findings.finish();
  if (problems.length > 0) return { problems, warnings };
  // The schema once more, for the order of the keys: equal inbounds are equal as texts.
  return { inbound: schema.parse(normalForm(parsed.data as Inbound)) as Inbound, problems, warnings };
}

/** What stands beside the inbound is what counts; a repetition must not contradict it. */
function checkRepeated(inbound: JsonObject, name: Protocol | undefined, port: number, findings: Findings): void {
  if (name && Object.hasOwn(inbound, 'protocol')) {
    const repeated = inbound['protocol'];
    const isSame = typeof repeated === 'string' && repeated.toLowerCase() === name;
    if (!isSame) findings.problem(['protocol'], `must be ${name} like the protocol of the proxy, or absent`);
  }
  if (Object.hasOwn(inbound, 'port') && inbound['port'] !== port) {
    findings.problem(['port'], 'must be the same number as the port of the proxy, or absent');
  }
}

function checkMeaning(inbound: ReadableInbound, findings: Findings, now: Date): void {
  const { settings, streamSettings: stream } = inbound;
  checkAddresses(inbound, findings);
  checkTransport(inbound, findings);
  if (stream?.realitySettings) checkReality(stream.realitySettings, findings);
  if (stream?.tlsSettings) checkTls(stream.tlsSettings, stream.network, findings, now);
  if (inbound.protocol === 'shadowsocks' && settings) checkShadowsocks(settings, findings);
}
