import 'reflect-metadata'; // @peculiar/x509 needs it and does not load it itself
import { createHash, webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { Extension, JsonGeneralNames } from '@peculiar/x509';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;

type Keys = Awaited<ReturnType<typeof createKeys>>;

export interface Leaf {
  cert: string;
  key: string;
}

interface LeafOptions {
  commonName: string;
  usage: 'serverAuth' | 'clientAuth';
  names?: JsonGeneralNames;
  notBefore?: Date;
  notAfter?: Date;
}

/** A certificate authority like the panel's. */
export class TestAuthority {
  private constructor(
    private readonly keys: Keys,
    readonly pem: string,
    /** What a join token pins. */
    readonly pin: Buffer,
  ) {}

  static async create(name = 'CN=V Panel test CA'): Promise<TestAuthority> {
    const keys = await createKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name,
      keys,
      ...validity(),
      signingAlgorithm: ALGORITHM,
      extensions: [new BasicConstraintsExtension(true, 0, true)],
    });
    const spki = Buffer.from(await webcrypto.subtle.exportKey('spki', keys.publicKey));
    return new TestAuthority(keys, certificate.toString('pem'), createHash('sha256').update(spki).digest());
  }

  async issue(options: LeafOptions): Promise<Leaf> {
    const keys = await createKeys();
    const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
    const key = `-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`;
    return { cert: await this.sign(keys.publicKey, options), key };
  }

  /** Signs the public key of a request, after its signature has proved that the sender has the private one. */
  async issueFor(csr: string, options: LeafOptions): Promise<string> {
    const request = new Pkcs10CertificateRequest(csr);
    if (!(await request.verify())) throw new Error('the signature of the request is wrong');
    return this.sign(await request.publicKey.export(), options);
  }

  private async sign(publicKey: Keys['publicKey'], options: LeafOptions): Promise<string> {
    const extensions: Extension[] = [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage[options.usage]]),
      await AuthorityKeyIdentifierExtension.create(this.keys.publicKey),
    ];
    if (options.names) extensions.push(new SubjectAlternativeNameExtension(options.names));
    const certificate = await X509CertificateGenerator.create({
      subject: `CN=${options.commonName}`,
      issuer: 'CN=V Panel test CA',
      publicKey,
      signingKey: this.keys.privateKey,
      signingAlgorithm: ALGORITHM,
      ...validity(),
      ...(options.notBefore && { notBefore: options.notBefore }),
      ...(options.notAfter && { notAfter: options.notAfter }),
      extensions,
    });
    return certificate.toString('pem');
  }
}

function createKeys() {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function validity() {
  return { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 90 * DAY_MS) };
}
