import type { X509Certificate } from 'node:crypto';
import { checkInlineCertificate } from './inbound.certificate-rules.js';
import { isAddress, isHostName } from './inbound.hosts.js';
import type { Findings, Path } from './inbound.problems.js';
import type { ReadableCertificate, ReadableStream, ReadableTls } from './inbound.readable.js';

const AT: Path = ['streamSettings', 'tlsSettings'];

export function checkTls(tls: ReadableTls, network: ReadableStream['network'], findings: Findings, now: Date): void {
  if (tls.serverName !== undefined && !isHostName(tls.serverName) && !isAddress(tls.serverName)) {
    findings.problem([...AT, 'serverName'], 'must be a host name in ASCII or an IP address');
  }
  if (tls.minVersion === '1.3' && tls.maxVersion === '1.2') {
    findings.problem([...AT, 'maxVersion'], 'must not be lower than minVersion');
  }
  checkAlpn(tls.alpn ?? [], network, findings);
  checkCertificates(tls, findings, now);
}

function checkAlpn(alpn: (string | undefined)[], network: ReadableStream['network'], findings: Findings): void {
  alpn.forEach((protocol, index) => {
    const path = [...AT, 'alpn', index];
    if (protocol === undefined) return;
    if (alpn.indexOf(protocol) !== index) findings.problem(path, 'appears twice; remove one');
    else if (protocol === 'h2' && network === 'ws') {
      findings.problem(path, 'must not be offered with network ws, which is HTTP/1.1; use ["http/1.1"]');
    } else if (protocol === 'h3' && network !== 'xhttp') {
      findings.problem(path, 'is for network xhttp only; remove it');
    } else if (protocol === 'h3' && alpn.length > 1) {
      findings.problem(path, 'must be the only one: Xray listens on UDP for ["h3"] and on TCP for anything else');
    }
  });
}

function checkCertificates({ certificates = [], serverName }: ReadableTls, findings: Findings, now: Date): void {
  const leaves = certificates.map(
    (certificate, index) => certificate && checkCertificate(certificate, [...AT, 'certificates', index], findings, now),
  );
  // One that lies on the node, or cannot be read, may be the one for the name.
  const isCovered = leaves.length === 0 || leaves.some((leaf) => !leaf || covers(leaf, serverName));
  if (!isCovered) {
    findings.problem([...AT, 'serverName'], 'is not a name of the certificate; clients would refuse the node');
  }
}

/** Only alternative names count: Go and browsers have stopped reading the common name. */
function covers(leaf: X509Certificate, serverName: string | undefined): boolean {
  if (serverName === undefined) return true;
  if (isAddress(serverName)) return leaf.checkIP(serverName) !== undefined;
  if (!isHostName(serverName)) return true; // has been refused already
  return leaf.checkHost(serverName, { subject: 'never', partialWildcards: false }) !== undefined;
}

/** The leaf of a certificate that is written in the inbound itself. */
function checkCertificate(
  certificate: ReadableCertificate,
  path: Path,
  findings: Findings,
  now: Date,
): X509Certificate | undefined {
  const isPresent = (key: keyof ReadableCertificate): boolean =>
    certificate[key] !== undefined || findings.has([...path, key]);
  const isFile = isPresent('certificateFile') || isPresent('keyFile');
  const isInline = isPresent('certificate') || isPresent('key');
  if (isFile === isInline) {
    findings.problem(path, 'needs either certificateFile and keyFile, or certificate and key');
    return undefined;
  }
  const pair = isFile ? (['certificateFile', 'keyFile'] as const) : (['certificate', 'key'] as const);
  for (const key of pair)
    if (!isPresent(key)) findings.problem([...path, key], `is missing: ${pair.join(' and ')} go together`);
  if (isInline) return checkInlineCertificate(certificate, path, findings, now);
  for (const key of ['certificateFile', 'keyFile'] as const) {
    const file = certificate[key];
    if (file !== undefined && !/^\/[^\r\n]*[^/\r\n]$/.test(file)) {
      findings.problem([...path, key], 'must be the absolute path of a file on the nodes, such as /etc/ssl/proxy.pem');
    }
  }
  return undefined;
}
