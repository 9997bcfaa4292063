import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { certificateChain, factsOf, pemBlocks } from './certificate-facts.js';
import { isMask, MASK_REFUSED } from './inbound.mask.js';
import type { Findings, Path } from './inbound.problems.js';
import type { ReadableCertificate } from './inbound.readable.js';

const DAY_MS = 86_400_000;
const SOON_MS = 14 * DAY_MS;

/** What Go's crypto/tls can serve with, which Xray is made of. */
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/**
 * Xray starts with a broken, expired or mismatched certificate and then ignores it ("ignoring invalid X509 key pair"), so
 * that every client fails: what can be known before is checked here. Answers the leaf when it can be read.
 */
export function checkInlineCertificate(
  { certificate, key }: ReadableCertificate,
  path: Path,
  findings: Findings,
  now: Date,
): X509Certificate | undefined {
  const chain = isWhole(certificate) ? checkChain(certificate, [...path, 'certificate'], findings, now) : undefined;
  const privateKey = isWhole(key) ? checkKey(key, [...path, 'key'], findings) : undefined;
  const [leaf] = chain ?? [];
  if (leaf && privateKey && !leaf.checkPrivateKey(privateKey)) {
    findings.problem([...path, 'key'], 'does not belong to the certificate (the first one, if there are several)');
  }
  return leaf;
}

const isWhole = (lines: (string | undefined)[] | undefined): lines is string[] =>
  lines?.every((line) => line !== undefined) ?? false;

function checkChain(lines: string[], path: Path, findings: Findings, now: Date): X509Certificate[] | undefined {
  if (pemBlocks(lines.join('\n'))?.some(({ label }) => label.endsWith('PRIVATE KEY'))) {
    findings.problem(path, 'holds a private key, which everybody could read here; move it to key');
    return undefined;
  }
  const chain = certificateChain(lines);
  const [leaf] = chain ?? [];
  if (!chain || !leaf) {
    findings.problem(path, 'must be certificates in PEM, line by line, from BEGIN CERTIFICATE to END CERTIFICATE');
    return undefined;
  }
  checkLeaf(leaf, path, findings, now);
  const stray = chain.findIndex((issuer, index) => index > 0 && !chain[index - 1]?.checkIssued(issuer));
  if (stray > 0) {
    findings.warning(
      path,
      `is out of order: number ${stray + 1} has not signed number ${stray}; clients may refuse it`,
    );
  }
  return chain;
}

function checkLeaf(leaf: X509Certificate, path: Path, findings: Findings, now: Date): void {
  const { notBefore, notAfter, selfSigned } = factsOf(leaf);
  if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) {
    findings.problem(path, 'has no readable dates; replace the certificate');
  } else if (notAfter <= now) {
    findings.problem(path, `expired on ${day(notAfter)}; replace certificate and key`);
  } else if (notBefore > now) {
    findings.problem(path, `is not valid before ${day(notBefore)}; use the one that is valid now`);
  } else if (notAfter.getTime() - now.getTime() < SOON_MS) {
    findings.warning(path, `expires on ${day(notAfter)}; replace certificate and key before`);
  }
  if (selfSigned) findings.warning(path, 'is self-signed: clients will be given its fingerprint to know it by');
}

const day = (date: Date): string => date.toISOString().slice(0, 10);

function checkKey(lines: string[], path: Path, findings: Findings): KeyObject | undefined {
  if (lines.some(isMask)) {
    findings.problem(path, MASK_REFUSED);
    return undefined;
  }
  const key = parseKey(lines.join('\n'));
  if (key && isUsable(key)) return key;
  const message = key
    ? 'must be an RSA key of at least 2048 bits, ECDSA with P-256, P-384 or P-521, or Ed25519'
    : 'must be a private key in PEM, line by line, not encrypted';
  findings.problem(path, message);
  return undefined;
}

function parseKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
}

function isUsable({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048;
  if (asymmetricKeyType === 'ec') return CURVES.has(asymmetricKeyDetails?.namedCurve ?? '');
  return asymmetricKeyType === 'ed25519';
}
