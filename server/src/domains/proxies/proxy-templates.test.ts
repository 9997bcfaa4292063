import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shadowsocksKey } from './accounts.js';
import { certificateFingerprint } from './certificate-facts.js';
import type { Inbound } from './inbound.schema.js';
import { checkInbound } from './inbound.validation.js';
import { buildTemplate, ProxyTemplate, type TemplateOptions } from './proxy-templates.js';
import {
  generateRealityKeys,
  generateShadowsocksKey,
  realityPublicKey,
  selfSignedCertificate,
} from './reality-keys.js';

const NOW = new Date();
const KINDS = Object.values(ProxyTemplate);

const check = (inbound: Inbound) => checkInbound({ protocol: inbound.protocol, port: inbound.port, inbound }, NOW);

describe.each(KINDS)('%s', (kind) => {
  test('[R7.7] is valid, in normal form, and new each time', async () => {
    const built = await buildTemplate(kind, {}, NOW);
    const { inbound, problems, warnings } = check(built);
    expect(problems).toEqual([]);
    expect(inbound).toEqual(built);
    expect(warnings.filter(({ message }) => !message.startsWith('is self-signed'))).toEqual([]);
    expect(await buildTemplate(kind, {}, NOW)).not.toEqual(built);
  });

  test('[R7.7] takes what it is given', async () => {
    const files = { certificateFile: '/etc/ssl/a.pem', keyFile: '/etc/ssl/a.key' };
    const options = { port: 10_443, serverName: 'proxy.example.com', path: '/given', certificate: files };
    const built = await buildTemplate(kind, options, NOW);
    expect(check(built)).toMatchObject({ problems: [], warnings: [] });
    expect(built.port).toBe(10_443);
    if (built.protocol === 'shadowsocks') return;
    const { realitySettings, tlsSettings, wsSettings, xhttpSettings } = built.streamSettings;
    if (realitySettings) expect(realitySettings.target).toBe('proxy.example.com:443');
    if (tlsSettings) expect(tlsSettings).toMatchObject({ serverName: 'proxy.example.com', certificates: [files] });
    for (const settings of [wsSettings, xhttpSettings]) if (settings) expect(settings.path).toBe('/given');
  });

  test.each<TemplateOptions>([
    { serverName: 'not a name' },
    { serverName: 'ünïcode.example' },
    { serverName: '' },
    { serverName: '\0\ud800' },
    { serverName: '#00' },
    { serverName: 'x'.repeat(300) },
    { target: 'nonsense' },
    { port: -1 },
    { path: 'no slash' },
    { certificate: { certificate: ['x'], key: ['y'] } },
  ])('[R7.7] leaves it to the check to refuse %j', async (options) => {
    const built = await buildTemplate(kind, options, NOW);
    for (const { path } of check(built).problems) {
      expect(path).toMatch(/port$|serverName|target|path$|certificate$|key$/);
    }
  });
});

test('the ports of all templates are different', async () => {
  const built = await Promise.all(KINDS.map((kind) => buildTemplate(kind, {}, NOW)));
  expect(new Set(built.map(({ port }) => port)).size).toBe(KINDS.length);
});

test('REALITY asks for the name of the target it is given', async () => {
  const built = await buildTemplate(ProxyTemplate.VLESS_XHTTP_REALITY, { target: 'site.example.com:8443' }, NOW);
  expect(built).toMatchObject({
    streamSettings: { realitySettings: { target: 'site.example.com:8443', serverNames: ['site.example.com'] } },
  });
});

describe('the real Xray', () => {
  let dir: string;
  let xray: string;

  beforeAll(() => {
    xray = realXray();
    dir = mkdtempSync(join(tmpdir(), 'vpanel-templates-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const write = (name: string, content: string): string => {
    const file = join(dir, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  };

  function accept(inbound: unknown): void {
    const file = write('config.json', JSON.stringify({ inbounds: [inbound], outbounds: [{ protocol: 'freedom' }] }));
    const output = execFileSync(xray, ['run', '-test', '-c', file], { encoding: 'utf8' });
    expect(output).toContain('Configuration OK.');
  }

  test.each(KINDS)('[R7.7] takes %s', async (kind) => {
    accept(withUsers(await buildTemplate(kind, {}, NOW)));
  });

  test('[R7.7] takes files, QUIC and all that XHTTP can be told', async () => {
    const { certificate, key } = await selfSignedCertificate('proxy.example.com', NOW);
    const files = { certificateFile: write('c.pem', certificate.join('\n')), keyFile: write('k.pem', key.join('\n')) };
    const built = await buildTemplate(ProxyTemplate.VLESS_XHTTP_TLS, { certificate: files }, NOW);
    if (built.protocol === 'shadowsocks') throw new Error('unexpected template');
    const extra = {
      headers: { 'X-Kind': 'x' },
      xPaddingBytes: '100-1000',
      xPaddingPlacement: 'queryInHeader',
      xPaddingMethod: 'repeat-x',
      uplinkHTTPMethod: 'POST',
      sessionIDPlacement: 'path',
      seqPlacement: 'path',
      scMaxEachPostBytes: 1_000_000,
      scMaxBufferedPosts: 30,
      scStreamUpServerSecs: '20-80',
      xmux: { maxConcurrency: '16-32', hKeepAlivePeriod: 0 },
    };
    const streamSettings = {
      ...built.streamSettings,
      tlsSettings: { ...built.streamSettings.tlsSettings, alpn: ['h3'] },
      xhttpSettings: { path: '/x', mode: 'packet-up', extra },
      sockopt: { tcpFastOpen: true, tcpKeepAliveIdle: 60, trustedXForwardedFor: ['CF-Connecting-IP'] },
    };
    const { inbound, problems } = check({ ...built, streamSettings } as Inbound);
    expect(problems).toEqual([]);
    accept(withUsers(inbound ?? built));
  });

  test('[R7.7] makes of a private key the same public one', () => {
    const { privateKey } = generateRealityKeys();
    const output = execFileSync(xray, ['x25519', '-i', privateKey], { encoding: 'utf8' });
    expect(/^Password[^:]*: (\S+)$/m.exec(output)?.[1]).toBe(realityPublicKey(privateKey));
  });

  test('[R7.7] makes of a certificate the same fingerprint', async () => {
    const { certificate } = await selfSignedCertificate('proxy.example.com', NOW);
    const output = execFileSync(xray, ['tls', 'hash', '--cert', write('leaf.pem', certificate.join('\n'))]).toString();
    expect(output).toContain(certificateFingerprint(certificate));
  });

  test('[R7.7] refuses a server key of the wrong length, as the check does', async () => {
    const built = await buildTemplate(ProxyTemplate.SHADOWSOCKS_2022_256, {}, NOW);
    if (built.protocol !== 'shadowsocks') throw new Error('unexpected template');
    const password = generateShadowsocksKey('2022-blake3-aes-128-gcm');
    const wrong = { ...built, settings: { ...built.settings, password } };
    expect(check(wrong).problems).toHaveLength(1);
    expect(() => accept(withUsers(wrong))).toThrow();
  });
});

/** The inbound as the agent hands it to Xray: a tag, two users, and no flow but that of the users (docs/agent-protocol.md). */
function withUsers(inbound: Inbound): object {
  const users = [1, 2].map((n) => ({
    uuid: `00000000-0000-4000-8000-00000000000${n}`,
    password: `password-${n}`,
    common: { email: `user-${n}.proxy`, level: 0 },
  }));
  const { protocol } = inbound;
  if (protocol === 'shadowsocks') {
    const keyOf = (password: string) => shadowsocksKey(password, inbound.settings.method);
    const clients = users.map(({ password, common }) => ({ password: keyOf(password), ...common }));
    return { ...inbound, tag: 'proxy', settings: { ...inbound.settings, clients } };
  }
  if (protocol === 'trojan') {
    return {
      ...inbound,
      tag: 'proxy',
      settings: { clients: users.map(({ password, common }) => ({ password, ...common })) },
    };
  }
  const flow = protocol === 'vless' ? { flow: inbound.settings.flow } : {};
  const clients = users.map(({ uuid, common }) => ({ id: uuid, ...flow, ...common }));
  const settings = protocol === 'vless' ? { decryption: inbound.settings.decryption, clients } : { clients };
  return { ...inbound, tag: 'proxy', settings };
}

/** Without one the test fails: a skipped test proves nothing. */
function realXray(): string {
  const binary =
    process.env['XRAY_BIN'] ?? fileURLToPath(new URL('../../../../.cache/xray/26.7.28/xray', import.meta.url));
  try {
    accessSync(binary, constants.X_OK);
    return binary;
  } catch (cause) {
    throw new Error(`These tests need a real Xray, and ${binary} is none: run \`npm run xray\`.`, { cause });
  }
}
