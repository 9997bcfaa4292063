import { isHostAndPort, isHostName } from './inbound.hosts.js';
import type { Findings, Path } from './inbound.problems.js';
import type { ReadableReality } from './inbound.readable.js';
import { isMask, MASK_REFUSED } from './inbound.mask.js';

const AT: Path = ['streamSettings', 'realitySettings'];

/**
 * Xray before 26.7.11 took any client; since then an absent minClientVer means 26.3.27, which silently hands every other
 * client to the target. What sing-box (1.8.1) and mihomo (1.8.2) announce will not change.
 */
export const DEFAULT_MIN_CLIENT_VERSION = '1.8.0';
const OTHER_CLIENTS_VERSION = [1, 8, 1];

/** Xray's own warning (infra/conf/transport_security.go): with these names servers are blocked more often. */
const CONSPICUOUS = /\.(ru|ir|cn)$|apple|icloud|microsoft/i;

export function checkReality(reality: ReadableReality, findings: Findings): void {
  const { target, privateKey } = reality;
  if (target !== undefined && !isHostAndPort(target)) {
    findings.problem([...AT, 'target'], 'must be host:port, such as www.example.com:443');
  }
  if (privateKey !== undefined) checkPrivateKey(privateKey, findings);
  checkServerNames(reality.serverNames ?? [], findings);
  checkShortIds(reality.shortIds ?? [], findings);
  checkClientVersions(reality, findings);
}

function checkPrivateKey(privateKey: string, findings: Findings): void {
  const bytes = Buffer.from(privateKey, 'base64url');
  if (isMask(privateKey)) findings.problem([...AT, 'privateKey'], MASK_REFUSED);
  else if (bytes.length !== 32 || bytes.toString('base64url') !== privateKey) {
    findings.problem([...AT, 'privateKey'], 'must be 32 bytes in base64url without padding; generate a new one');
  }
}

function checkServerNames(names: (string | undefined)[], findings: Findings): void {
  const seen = new Set<string>();
  names.forEach((name, index) => {
    if (name === undefined) return;
    const path = [...AT, 'serverNames', index];
    if (name.includes('*')) findings.problem(path, 'must not have a wildcard; list the names themselves');
    else if (!isHostName(name)) findings.problem(path, 'must be a host name in ASCII, such as www.example.com');
    else if (seen.has(name.toLowerCase())) findings.problem(path, 'appears twice; remove one');
    else if (CONSPICUOUS.test(name)) findings.warning(path, 'is a name with which servers get blocked more often');
    seen.add(name.toLowerCase());
  });
}

/** Xray pads each to 8 bytes, so that "ab" and "ab00" are the same one. */
function checkShortIds(ids: (string | undefined)[], findings: Findings): void {
  const seen = new Set<string>();
  ids.forEach((id, index) => {
    if (id === undefined) return;
    const path = [...AT, 'shortIds', index];
    const padded = id.toLowerCase().padEnd(16, '0');
    if (!/^([0-9a-f]{2}){0,8}$/i.test(id)) {
      findings.problem(path, 'must be an even number of hexadecimal digits, at most 16');
    } else if (seen.has(padded)) findings.problem(path, 'appears twice (Xray adds zeros at the end); remove one');
    seen.add(padded);
  });
}

function checkClientVersions({ minClientVer, maxClientVer }: ReadableReality, findings: Findings): void {
  const least = checkVersion('minClientVer', minClientVer, findings);
  const most = checkVersion('maxClientVer', maxClientVer, findings);
  if (least && most && compare(least, most) > 0) {
    findings.problem([...AT, 'maxClientVer'], 'must not be lower than minClientVer');
  }
  if (!findings.has([...AT, 'minClientVer']) && minClientVer === undefined) {
    const reason = 'Xray would refuse all clients but its own newest ones';
    findings.warning(
      [...AT, 'minClientVer'],
      `is missing and set to ${DEFAULT_MIN_CLIENT_VERSION}: without it ${reason}`,
    );
  }
  if (least && compare(least, OTHER_CLIENTS_VERSION) > 0) {
    findings.warning(
      [...AT, 'minClientVer'],
      'refuses clients other than Xray: sing-box announces 1.8.1, mihomo 1.8.2',
    );
  }
}

function checkVersion(key: string, version: string | undefined, findings: Findings): number[] | undefined {
  if (version === undefined) return undefined;
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(version)?.slice(1).map(Number);
  if (parts?.every((part) => part <= 255)) return parts;
  findings.problem([...AT, key], 'must be a version x.y.z of numbers up to 255, such as 1.8.0');
  return undefined;
}

const compare = (a: number[], b: number[]): number =>
  a.map((part, index) => part - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
