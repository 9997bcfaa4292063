import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { factsOf } from '../proxies/index.js';
import type { PinnedCertificate, TlsSettings } from './endpoint.js';

/** What a client must know of the certificate that a node shows. */
export interface ServerCertificate {
  /** What to ask for; empty for an address without a name. */
  sni: string;
  pinned: PinnedCertificate | null;
}

/** From the certificates that stand in the inbound itself; those in files of the node are not known here. */
export function serverCertificate(tls: TlsSettings, host: string): ServerCertificate {
  const leaves = tls.certificates.flatMap(({ certificate }) => readLeaf(certificate));
  const sni = tls.serverName || nameIn(leaves[0], host) || (isIP(host) ? '' : host);
  const shown = leaves.find((leaf) => covers(leaf, sni)) ?? leaves[0];
  return { sni, pinned: shown && factsOf(shown).selfSigned ? pin(shown) : null };
}

function readLeaf(lines: readonly string[] | undefined): X509Certificate[] {
  if (!lines) return [];
  try {
    return [new X509Certificate(lines.join('\n'))];
  } catch {
    return []; // the inbound's validation tells the administrator; a subscription is answered all the same
  }
}

/** The first DNS name. A wildcard stands for the node's own address where it covers that, else for its "www". */
function nameIn(leaf: X509Certificate | undefined, host: string): string {
  const first = /(?:^|, )DNS:([^,"]+)/.exec(leaf?.subjectAltName ?? '')?.[1] ?? '';
  if (!first.startsWith('*.')) return first;
  return !isIP(host) && leaf && covers(leaf, host) ? host : `www${first.slice(1)}`;
}

const covers = (leaf: X509Certificate, name: string): boolean =>
  (isIP(name) ? leaf.checkIP(name) : leaf.checkHost(name, { subject: 'never', partialWildcards: false })) !== undefined;

const pin = (leaf: X509Certificate): PinnedCertificate => ({
  sha256: leaf.fingerprint256.replaceAll(':', '').toLowerCase(),
  pem: leaf.toString().trim(),
});
