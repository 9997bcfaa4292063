import 'reflect-metadata';
import { createHash, createPublicKey, webcrypto, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:tls';
import * as x509 from '@peculiar/x509';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { certificateRequest } from '../testing/panel.js';
import { within } from '../testing/until.js';
import {
  CertificateAuthority,
  createAuthority,
  nodeServerName,
  PANEL_COMMON_NAME,
  type KeyedCertificate,
} from './certificates.js';

const NOW = new Date();
const DAY_MS = 86_400_000;
const NODE_ID = '0b7e0a53-7a43-4c3f-9a3c-0d8f6f4f2b11';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

let keyed: KeyedCertificate;
let authority: CertificateAuthority;
let ca: X509Certificate;

beforeAll(async () => {
  keyed = await createAuthority(NOW);
  authority = await CertificateAuthority.load(keyed);
  ca = new X509Certificate(keyed.cert);
});

async function issueNode(): Promise<KeyedCertificate> {
  const { csr, key } = await certificateRequest();
  return { cert: await authority.issueNode(NODE_ID, csr, NOW), key };
}

const daysLeft = (cert: X509Certificate): number => (Date.parse(cert.validTo) - NOW.getTime()) / DAY_MS;

describe('the authority', () => {
  test('signs itself, may sign leaves and no further authorities, and lasts ten years', () => {
    expect(ca.ca).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
    const constraints = new x509.X509Certificate(keyed.cert).getExtension(x509.BasicConstraintsExtension);
    expect(constraints).toMatchObject({ ca: true, pathLength: 0, critical: true });
    expect(daysLeft(ca)).toBeGreaterThan(3_649);
  });

  test('is pinned by SHA-256 over its public key, which join tokens carry', () => {
    const spki = ca.publicKey.export({ type: 'spki', format: 'der' });
    expect(authority.pin).toBe(createHash('sha256').update(spki).digest('base64url'));
  });

  test('is another one each time', async () => {
    const other = await CertificateAuthority.load(await createAuthority(NOW));
    expect(other.pin).not.toBe(authority.pin);
  });
});

describe('[R10.4] certificates', () => {
  const kinds: [what: string, issue: () => Promise<KeyedCertificate>, usage: string, names: string][] = [
    [
      'of the listener',
      () => authority.issueServer(['panel.example', '192.0.2.7', '::1'], NOW),
      SERVER_AUTH,
      'DNS:panel.example, IP Address:192.0.2.7, IP Address:0:0:0:0:0:0:0:1',
    ],
    ['of the panel as a client', () => authority.issuePanelClient(NOW), CLIENT_AUTH, `DNS:${PANEL_COMMON_NAME}`],
    ['of a node', issueNode, SERVER_AUTH, `DNS:${nodeServerName(NODE_ID)}`],
  ];

  test.each(kinds)(
    '%s: signed by the authority, for one use, of exact names, for 90 days',
    async (_what, issue, usage, names) => {
      const { cert: text, key } = await issue();
      const cert = new X509Certificate(text);
      expect(cert.verify(ca.publicKey)).toBe(true);
      expect(cert.checkIssued(ca)).toBe(true);
      expect(cert.ca).toBe(false);
      expect(cert.keyUsage).toEqual([usage]);
      expect(cert.subjectAltName).toBe(names);
      expect(daysLeft(cert)).toBeCloseTo(90, 1);
      expect(Date.parse(cert.validFrom)).toBeLessThan(NOW.getTime());
      expect(cert.publicKey.equals(createPublicKey(key))).toBe(true);
    },
  );

  test('no two have the same serial number', async () => {
    const certs = await Promise.all(Array.from({ length: 8 }, () => authority.issuePanelClient(NOW)));
    expect(new Set(certs.map(({ cert }) => new X509Certificate(cert).serialNumber)).size).toBe(8);
  });
});

describe('[R3.7] certificate requests', () => {
  test('of a request only the key counts, not the names in it', async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name: `CN=${PANEL_COMMON_NAME}`,
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: PANEL_COMMON_NAME }]),
        new x509.ExtendedKeyUsageExtension([CLIENT_AUTH]),
        new x509.BasicConstraintsExtension(true),
      ],
    });
    const cert = new X509Certificate(await authority.issueNode(NODE_ID, request.toString('pem'), NOW));
    expect(cert.subject).toBe(`CN=${NODE_ID}`);
    expect(cert.subjectAltName).toBe(`DNS:${nodeServerName(NODE_ID)}`);
    expect(cert.keyUsage).toEqual([SERVER_AUTH]);
    expect(cert.ca).toBe(false);
  });

  test('a request that its own key has not signed is refused', async () => {
    const { csr } = await certificateRequest();
    const der = Buffer.from(x509.PemConverter.decodeFirst(csr));
    der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
    const altered = x509.PemConverter.encode(der, 'CERTIFICATE REQUEST');
    await expect(authority.issueNode(NODE_ID, altered, NOW)).rejects.toThrow();
  });

  test.each([
    ['a P-384 key', { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' }],
    [
      'an RSA key',
      { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2_048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    ],
  ])('%s is refused', async (_what, algorithm) => {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const request = await x509.Pkcs10CertificateRequestGenerator.create({
      name: 'CN=x',
      keys,
      signingAlgorithm: algorithm as never,
    });
    await expect(authority.issueNode(NODE_ID, request.toString('pem'), NOW)).rejects.toThrow();
  });

  test('text that is no request is refused', async () => {
    await expect(authority.issueNode(NODE_ID, 'not a request', NOW)).rejects.toThrow();
  });
});

describe('[R3.6] what an agent demands of who reads its local API', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  /** An agent's listener: the common name of who got in, or 'refused'. */
  async function visit(client: KeyedCertificate | undefined): Promise<string> {
    const own = await issueNode();
    const server = createServer({ ...own, ca: keyed.cert, requestCert: true, rejectUnauthorized: true });
    servers.push(server);
    const verdict = new Promise<string>((resolve) => {
      server.once('secureConnection', (socket) => resolve(String(socket.getPeerCertificate().subject.CN)));
      server.once('tlsClientError', () => resolve('refused'));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const servername = nodeServerName(NODE_ID);
    const socket = connect({ host: '127.0.0.1', port, ca: keyed.cert, servername, ...client });
    socket.on('error', () => undefined);
    try {
      return await within('a verdict', verdict);
    } finally {
      socket.destroy();
    }
  }

  test('the panel is let in', async () => {
    expect(await visit(await authority.issuePanelClient(NOW))).toBe(PANEL_COMMON_NAME);
  });

  test.each<[string, () => Promise<KeyedCertificate | undefined>]>([
    ["another node's certificate, though the same CA has signed it", issueNode],
    ["the listener's certificate", () => authority.issueServer(['localhost'], NOW)],
    [
      'a panel certificate of another CA',
      async () => (await CertificateAuthority.load(await createAuthority(NOW))).issuePanelClient(NOW),
    ],
    ['no certificate', () => Promise.resolve(undefined)],
  ])('%s is refused', async (_what, client) => {
    expect(await visit(await client())).toBe('refused');
  });
});
