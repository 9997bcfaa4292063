import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, createAuthority, type KeyedCertificate } from '../../platform/certificates.js';
import { certificateFacts, certificateFingerprint } from './certificate-facts.js';
import { MASK } from './inbound.secrets.js';
import { checkInbound, type InboundCheck } from './inbound.validation.js';
import { selfSignedCertificate, type InlineCertificate } from './reality-keys.js';

const NOW = new Date('2026-08-01T12:00:00Z');
const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

const lines = (pem: string): string[] => pem.trim().split('\n');
const inline = ({ cert, key }: KeyedCertificate): InlineCertificate => ({ certificate: lines(cert), key: lines(key) });

let root: KeyedCertificate;
let authority: CertificateAuthority;
let good: InlineCertificate;
let other: InlineCertificate;

beforeAll(async () => {
  root = await createAuthority(NOW);
  authority = await CertificateAuthority.load(root);
  good = inline(await authority.issueServer(['proxy.example.com', '*.cdn.example.com', '192.0.2.7'], NOW));
  other = inline(await authority.issueServer(['other.example.com'], NOW));
});

interface Tls {
  network?: string;
  [key: string]: unknown;
}

function check({ network = 'raw', ...tlsSettings }: Tls, now = NOW): InboundCheck {
  const streamSettings = { network, security: 'tls', tlsSettings };
  return checkInbound({ protocol: 'vless', port: 443, inbound: { settings: {}, streamSettings } }, now);
}

const shorten = (path: string): string => path.replace('inbound.streamSettings.tlsSettings.', '');
const problemsOf = (tls: Tls, now = NOW): string[] => check(tls, now).problems.map(({ path }) => shorten(path));

describe('[R7.7] a certificate', () => {
  test('in the inbound is taken', () => {
    const { inbound, problems, warnings } = check({ certificates: [good], serverName: 'proxy.example.com' });
    expect(inbound).toBeDefined();
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
  });

  test('in two files of the node is taken', () => {
    const files = { certificateFile: '/etc/ssl/proxy.pem', keyFile: '/etc/ssl/proxy key.pem' };
    expect(problemsOf({ certificates: [files], serverName: 'any.example.com' })).toEqual([]);
  });

  const FILE = '/etc/ssl/proxy.pem';
  test.each<[what: string, certificate: () => object, path: string, message: RegExp]>([
    ['nothing', () => ({}), '', /needs either certificateFile and keyFile, or certificate and key/],
    ['a file and a text', () => ({ certificateFile: FILE, key: good.key }), '', /needs either/],
    ['all four', () => ({ ...good, certificateFile: FILE, keyFile: FILE }), '', /needs either/],
    ['a file without a key', () => ({ certificateFile: FILE }), 'keyFile', /is missing: certificateFile and keyFile/],
    ['a key file without a certificate', () => ({ keyFile: FILE }), 'certificateFile', /is missing/],
    ['a text without a key', () => ({ certificate: good.certificate }), 'key', /is missing: certificate and key/],
    ['a key without a certificate', () => ({ key: good.key }), 'certificate', /is missing/],
    ['a relative file', () => ({ certificateFile: 'c.pem', keyFile: FILE }), 'certificateFile', /absolute path/],
    ['a folder', () => ({ certificateFile: FILE, keyFile: '/etc/ssl/' }), 'keyFile', /absolute path/],
    ['no PEM', () => ({ ...good, certificate: ['hello'] }), 'certificate', /must be certificates in PEM/],
    ['half a PEM', () => ({ ...good, certificate: good.certificate.slice(0, -1) }), 'certificate', /in PEM/],
    [
      'PEM around something else',
      () => ({ ...good, certificate: ['-----BEGIN CERTIFICATE-----', 'AAAA', '-----END CERTIFICATE-----'] }),
      'certificate',
      /in PEM/,
    ],
    [
      'a request',
      () => ({
        ...good,
        certificate: good.certificate.map((line) => line.replace('CERTIFICATE', 'CERTIFICATE REQUEST')),
      }),
      'certificate',
      /in PEM/,
    ],
    [
      'PEM with a label that OpenSSL reads and Go does not',
      () => ({ ...good, certificate: good.certificate.map((line) => line.replace('CERTIFICATE', 'X509 CERTIFICATE')) }),
      'certificate',
      /in PEM/,
    ],
    [
      'a broken one after a good one',
      () => ({ ...good, certificate: [...good.certificate, '-----BEGIN CERTIFICATE-----'] }),
      'certificate',
      /in PEM/,
    ],
    [
      'its key beside it',
      () => ({ ...good, certificate: [...good.certificate, ...good.key] }),
      'certificate',
      /holds a private key/,
    ],
    ['the key of another', () => ({ ...good, key: other.key }), 'key', /does not belong to the certificate/],
    ['no key but text', () => ({ ...good, key: ['hello'] }), 'key', /must be a private key in PEM/],
    ['a certificate as key', () => ({ ...good, key: good.certificate }), 'key', /must be a private key in PEM/],
    ['an encrypted key', () => ({ ...good, key: encrypted(good.key) }), 'key', /not encrypted/],
    ['a masked key', () => ({ ...good, key: [MASK] }), 'key', /the masked value cannot be used here/],
    ['a curve that Go has not', () => ({ ...good, key: curve('secp256k1') }), 'key', /ECDSA with P-256/],
    ['a short RSA key', () => ({ ...good, key: rsa(1_024) }), 'key', /at least 2048 bits/],
    ['an RSA key of another', () => ({ ...good, key: rsa(2_048) }), 'key', /does not belong/],
  ])('as %s is refused', (_what, certificate, path, message) => {
    const { problems } = check({ certificates: [certificate()] });
    const at = ['inbound.streamSettings.tlsSettings.certificates.0', path].filter(Boolean).join('.');
    expect(problems).toEqual([{ path: at, message: expect.stringMatching(message) as string }]);
  });

  test.each<[what: string, days: number, problem: RegExp | undefined, warning: RegExp | undefined]>([
    ['a day before it begins', -1, /is not valid before 2026-08-01; use/, undefined],
    ['on its first day', 0, undefined, undefined],
    ['15 days before its end', 74.9, undefined, undefined],
    ['13 days before its end', 77, undefined, /expires on 2026-10-30; replace/],
    ['an hour before its end', 89.95, undefined, /expires on 2026-10-30/],
    ['after its end', 90.1, /expired on 2026-10-30; replace/, undefined],
  ])('%s', (_what, days, problem, warning) => {
    const { problems, warnings } = check({ certificates: [good] }, inDays(days));
    const expected = (message: RegExp | undefined) =>
      message
        ? [
            {
              path: 'inbound.streamSettings.tlsSettings.certificates.0.certificate',
              message: expect.stringMatching(message) as string,
            },
          ]
        : [];
    expect(problems).toEqual(expected(problem));
    expect(warnings).toEqual(expected(warning));
  });

  test.each([
    ['proxy.example.com', true],
    ['PROXY.example.com', true],
    ['a.cdn.example.com', true],
    ['a.b.cdn.example.com', false],
    ['example.com', false],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
  ])('with the server name %s', (serverName, isCovered) => {
    expect(problemsOf({ certificates: [good], serverName })).toEqual(isCovered ? [] : ['serverName']);
    expect(problemsOf({ certificates: [other, good], serverName })).toEqual(isCovered ? [] : ['serverName']);
    expect(problemsOf({ certificates: [other], serverName })).toEqual(['serverName']);
  });

  test.each(['*.example.com', 'a b', 'пример.example', '', 'fe80::1%eth0', 'https://example.com'])(
    'a server name %j is none',
    (serverName) => {
      expect(problemsOf({ certificates: [good], serverName })).toEqual(['serverName']);
    },
  );

  test('whose common name alone is the server name does not have it', async () => {
    const nameless = inline(await authority.issueServer([], NOW)); // its common name is vpanel
    expect(problemsOf({ certificates: [nameless], serverName: 'vpanel' })).toEqual(['serverName']);
  });

  test('for a name that only a file on the nodes may have is not judged', () => {
    const file = { certificateFile: '/a.pem', keyFile: '/a.key' };
    expect(problemsOf({ certificates: [good, file], serverName: 'x.example.com' })).toEqual([]);
  });

  test('comes before those that signed it', () => {
    const { problems, warnings } = check({
      certificates: [{ ...good, certificate: [...good.certificate, ...lines(root.cert)] }],
    });
    expect({ problems, warnings }).toEqual({ problems: [], warnings: [] });
    const mixed = check({ certificates: [{ ...good, certificate: [...good.certificate, ...other.certificate] }] });
    expect(mixed.problems).toEqual([]);
    expect(mixed.warnings.map(({ message }) => message)).toEqual([
      'is out of order: number 2 has not signed number 1; clients may refuse it',
    ]);
  });

  test('that signed itself is announced', async () => {
    const own = await selfSignedCertificate('proxy.example.com', NOW);
    const { problems, warnings } = check({ certificates: [own], serverName: 'proxy.example.com' });
    expect(problems).toEqual([]);
    expect(warnings).toEqual([
      {
        path: 'inbound.streamSettings.tlsSettings.certificates.0.certificate',
        message: 'is self-signed: clients will be given its fingerprint to know it by',
      },
    ]);
  });

  test('pasted as one text is stored line by line', () => {
    const pasted = { certificate: [`  ${good.certificate.join('\r\n')}\r\n\r\n`], key: [good.key.join('\n')] };
    const { inbound } = check({ certificates: [pasted] });
    expect(inbound).toMatchObject({ streamSettings: { tlsSettings: { certificates: [good] } } });
  });

  test.each([
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2_048 })],
    ['Ed25519', () => generateKeyPairSync('ed25519')],
  ])('an %s key is one, though not of this certificate', (_what, make) => {
    const key = lines(make().privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
    expect(check({ certificates: [{ ...good, key }] }).problems[0]?.message).toMatch(/does not belong/);
  });

  test('a key in the form that openssl ecparam writes is read', () => {
    const key = createPrivateKey(good.key.join('\n')).export({ format: 'pem', type: 'sec1' }).toString();
    const parameters = ['-----BEGIN EC PARAMETERS-----', 'BggqhkjOPQMBBw==', '-----END EC PARAMETERS-----'];
    expect(problemsOf({ certificates: [{ ...good, key: lines(key) }] })).toEqual([]);
    expect(problemsOf({ certificates: [{ ...good, key: [...parameters, ...lines(key)] }] })).toEqual([]);
  });
});

describe('[R7.7] TLS', () => {
  test.each<[network: string, alpn: string[], wrong: string[]]>([
    ['raw', [], []],
    ['raw', ['h2', 'http/1.1'], []],
    ['raw', ['h3'], ['alpn.0']],
    ['raw', ['h2', 'h2'], ['alpn.1']],
    ['raw', ['h2', 'spdy'], ['alpn.1']],
    ['ws', ['http/1.1'], []],
    ['ws', ['h2', 'http/1.1'], ['alpn.0']],
    ['ws', ['h3'], ['alpn.0']],
    ['xhttp', ['h3'], []],
    ['xhttp', ['h2'], []],
    ['xhttp', ['h3', 'h2'], ['alpn.0']],
    ['xhttp', ['h2', 'h3'], ['alpn.1']],
  ])('%s with alpn %j', (network, alpn, wrong) => {
    expect(problemsOf({ network, alpn, certificates: [good] })).toEqual(wrong);
  });

  test.each<[least: string, most: string, wrong: string[]]>([
    ['1.2', '1.3', []],
    ['1.3', '1.3', []],
    ['1.3', '1.2', ['maxVersion']],
    ['1.1', '1.3', ['minVersion']],
  ])('from %s to %s', (minVersion, maxVersion, wrong) => {
    expect(problemsOf({ minVersion, maxVersion, certificates: [good] })).toEqual(wrong);
  });

  test.each([[[]], [undefined], ['x'], [Array.from({ length: 9 }, () => ({}))]])(
    'with %j as certificates',
    (certificates) => {
      expect(problemsOf({ certificates, serverName: 'x.example.com' })).toEqual(['certificates']);
    },
  );
});

describe('facts of a certificate', () => {
  test('are what it says', () => {
    expect(certificateFacts([...good.certificate, ...lines(root.cert)])).toEqual({
      names: ['proxy.example.com', '*.cdn.example.com', '192.0.2.7'],
      notBefore: new Date('2026-08-01T11:00:00Z'),
      notAfter: new Date('2026-10-30T12:00:00Z'),
      selfSigned: false,
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(certificateFacts(lines(root.cert))).toMatchObject({ names: [], selfSigned: true });
  });

  test('a name that looks like several is none', async () => {
    const sly = inline(await authority.issueServer(['a.example.com', 'x, DNS:evil.example.com, DNS:y'], NOW));
    expect(certificateFacts(sly.certificate)?.names).toEqual(['a.example.com']);
  });

  test.each([[[]], [['']], [['hello']], [['-----BEGIN CERTIFICATE-----']], [['-----BEGIN ']]])(
    'of %j are none',
    (text) => {
      expect(certificateFacts(text)).toBeUndefined();
      expect(certificateFingerprint(text)).toBeUndefined();
    },
  );
});

function encrypted(key: string[]): string[] {
  const options = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
  return lines(createPrivateKey(key.join('\n')).export(options).toString());
}

const curve = (namedCurve: string): string[] =>
  lines(generateKeyPairSync('ec', { namedCurve }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());

const rsa = (modulusLength: number): string[] =>
  lines(generateKeyPairSync('rsa', { modulusLength }).privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
