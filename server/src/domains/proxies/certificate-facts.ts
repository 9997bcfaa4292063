import { X509Certificate } from 'node:crypto';

/** What a certificate says of itself, for people and for clients. */
export interface CertificateFacts {
  /** DNS names and IP addresses that the certificate is for. */
  names: string[];
  notBefore: Date;
  notAfter: Date;
  selfSigned: boolean;
  /** SHA-256 of the leaf's DER, lower-case hexadecimal: what clients pin (pcs, fingerprint). */
  fingerprint: string;
}

const BEGIN = '-----BEGIN ';
const DASHES = '-----';

/** Facts of the first certificate, which is the server's own; undefined when it cannot be read. */
export function certificateFacts(certificate: readonly string[]): CertificateFacts | undefined {
  const leaf = certificateChain(certificate)?.[0];
  return leaf && factsOf(leaf);
}

/** SHA-256 over the DER of the first certificate, lower-case hexadecimal, as `xray tls hash` prints it. */
export const certificateFingerprint = (certificate: readonly string[]): string | undefined =>
  certificateFacts(certificate)?.fingerprint;

/** All certificates of a PEM text; undefined when there is none, one is broken, or something else is among them. */
export function certificateChain(lines: readonly string[]): X509Certificate[] | undefined {
  const blocks = pemBlocks(lines.join('\n'));
  if (!blocks || blocks.length === 0 || blocks.some(({ label }) => label !== 'CERTIFICATE')) return undefined;
  try {
    return blocks.map(({ text }) => new X509Certificate(text));
  } catch {
    return undefined;
  }
}

export function factsOf(leaf: X509Certificate): CertificateFacts {
  return {
    names: namesOf(leaf),
    notBefore: new Date(leaf.validFrom),
    notAfter: new Date(leaf.validTo),
    selfSigned: isSelfSigned(leaf),
    fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

/** Undefined when a block is not closed. */
export function pemBlocks(text: string): { label: string; text: string }[] | undefined {
  const blocks = [];
  for (let begin = text.indexOf(BEGIN); begin !== -1;) {
    const labelEnd = text.indexOf(DASHES, begin + BEGIN.length);
    if (labelEnd === -1) return undefined;
    const label = text.slice(begin + BEGIN.length, labelEnd);
    const closing = `-----END ${label}-----`;
    const end = text.indexOf(closing, labelEnd);
    if (end === -1) return undefined;
    blocks.push({ label, text: text.slice(begin, end + closing.length) });
    begin = text.indexOf(BEGIN, end + closing.length);
  }
  return blocks;
}

/** Node puts names in quotes that could be mistaken for several; such a name is not one of a host. */
function namesOf({ subjectAltName }: X509Certificate): string[] {
  const entries = (subjectAltName ?? '').matchAll(/(?:^|, )([A-Za-z0-9 ]+):("(?:[^"\\]|\\.)*"|[^,]*)/gy);
  return [...entries]
    .filter(([, kind, name]) => (kind === 'DNS' || kind === 'IP Address') && !name?.startsWith('"'))
    .map(([, , name]) => name ?? '');
}

/** Not by checkIssued: it wants a certificate that may sign others, and a server's need not. */
function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.issuer === certificate.subject && certificate.verify(certificate.publicKey);
  } catch {
    return false; // a key of a kind that OpenSSL does not know
  }
}
