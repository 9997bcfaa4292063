import 'reflect-metadata';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as never);

type CryptoKey = webcrypto.CryptoKey;
type CryptoKeyPair = webcrypto.CryptoKeyPair;

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const CA_LIFE_MS = 3_650 * DAY_MS;
export const LEAF_LIFE_MS = 90 * DAY_MS;
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** The client certificate of the panel carries this name; agents let in nobody else. */
export const PANEL_COMMON_NAME = 'vpanel-panel';

/** The one name in a node's certificate. The address of a node may change, its id does not. */
export const nodeServerName = (nodeId: string): string => `${nodeId}.nodes.vpanel`;

export interface KeyedCertificate {
  cert: string;
  key: string;
}

interface LeafOptions {
  commonName: string;
  names: string[];
  usage: typeof SERVER_AUTH | typeof CLIENT_AUTH;
  publicKey: CryptoKey;
  now: Date;
}

function pem(label: string, der: ArrayBuffer): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

const exportKey = async (key: CryptoKey): Promise<string> =>
  pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', key));

const newKeys = async (): Promise<CryptoKeyPair> => await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify']);

const serial = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] ?? 0) & 0x7f; // a positive integer in DER
  return bytes.toString('hex');
};

/** A new CA: P-256, ten years, may sign leaves only. */
export async function createAuthority(now: Date): Promise<KeyedCertificate> {
  const keys = await newKeys();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: 'CN=V Panel CA',
    notBefore: new Date(now.getTime() - HOUR_MS),
    notAfter: new Date(now.getTime() + CA_LIFE_MS),
    signingAlgorithm: SIGNING,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: cert.toString('pem') + '\n', key: await exportKey(keys.privateKey) };
}

/** The panel's certificate authority: signs the agent listener, the panel as a client, and each node. */
export class CertificateAuthority {
  private constructor(
    /** The CA's certificate, PEM. */
    readonly certificate: string,
    /** SHA-256 over the SubjectPublicKeyInfo (DER), base64url: what join tokens carry (RFC 7469 pins the same). */
    readonly pin: string,
    private readonly issuer: x509.X509Certificate,
    private readonly signingKey: CryptoKey,
  ) {}

  static async load({ cert, key }: KeyedCertificate): Promise<CertificateAuthority> {
    const issuer = new x509.X509Certificate(cert);
    const der = x509.PemConverter.decodeFirst(key);
    const signingKey = await webcrypto.subtle.importKey('pkcs8', der, KEY, false, ['sign']);
    const pin = createHash('sha256').update(Buffer.from(issuer.publicKey.rawData)).digest('base64url');
    return new CertificateAuthority(cert, pin, issuer, signingKey);
  }

  /** A certificate with a new key for a server of these names (DNS names or IP addresses). */
  async issueServer(names: string[], now: Date): Promise<KeyedCertificate> {
    const keys = await newKeys();
    const [commonName = 'vpanel'] = names;
    const cert = await this.sign({ commonName, names, usage: SERVER_AUTH, publicKey: keys.publicKey, now });
    return { cert, key: await exportKey(keys.privateKey) };
  }

  /** The certificate by which the panel shows itself to agents. */
  async issuePanelClient(now: Date): Promise<KeyedCertificate> {
    const keys = await newKeys();
    const names = [PANEL_COMMON_NAME];
    const publicKey = keys.publicKey;
    const cert = await this.sign({ commonName: PANEL_COMMON_NAME, names, usage: CLIENT_AUTH, publicKey, now });
    return { cert, key: await exportKey(keys.privateKey) };
  }

  /**
   * A node's certificate. Of the request only the public key counts: names are the panel's to give.
   * Throws when the request is malformed or not signed by its own key.
   */
  async issueNode(nodeId: string, csr: string, now: Date): Promise<string> {
    const request = new x509.Pkcs10CertificateRequest(csr);
    if (!(await request.verify())) throw new Error('the request is not signed by its own key');
    const publicKey = await request.publicKey.export(KEY, ['verify']);
    return this.sign({ commonName: nodeId, names: [nodeServerName(nodeId)], usage: SERVER_AUTH, publicKey, now });
  }

  private async sign({ commonName, names, usage, publicKey, now }: LeafOptions): Promise<string> {
    const cert = await x509.X509CertificateGenerator.create({
      serialNumber: serial(),
      subject: `CN=${commonName.slice(0, 64)}`,
      issuer: this.issuer.subject,
      notBefore: new Date(now.getTime() - HOUR_MS),
      notAfter: new Date(now.getTime() + LEAF_LIFE_MS),
      publicKey,
      signingKey: this.signingKey,
      signingAlgorithm: SIGNING,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([usage], true),
        new x509.SubjectAlternativeNameExtension(
          names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value })),
        ),
        await x509.AuthorityKeyIdentifierExtension.create(this.issuer),
      ],
    });
    return cert.toString('pem') + '\n';
  }
}
