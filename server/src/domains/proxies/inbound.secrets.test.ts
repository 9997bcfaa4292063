import { beforeAll, describe, expect, test } from 'vitest';
import type { Inbound } from './inbound.schema.js';
import { MASK, maskInbound, unmaskInbound } from './inbound.secrets.js';
import { checkInbound } from './inbound.validation.js';
import { buildTemplate, ProxyTemplate } from './proxy-templates.js';
import { selfSignedCertificate } from './reality-keys.js';

const NOW = new Date('2026-08-01T00:00:00Z');
const REFUSED = 'the masked value cannot be used here; enter the key or generate one';

const make = (kind: ProxyTemplate): Promise<Inbound> => buildTemplate(kind, {}, NOW);
const check = (protocol: string, inbound: unknown) => checkInbound({ protocol, port: 443, inbound }, NOW);

/** Everything that must not be seen: long texts of keys, wherever they are. */
function secretsOf(inbound: Inbound): string[] {
  if (inbound.protocol === 'shadowsocks') return [inbound.settings.password];
  const { realitySettings, tlsSettings } = inbound.streamSettings;
  const keys = tlsSettings?.certificates.flatMap(({ key = [] }) => key.filter((line) => !line.startsWith('-'))) ?? [];
  return [...(realitySettings ? [realitySettings.privateKey] : []), ...keys];
}

describe.each(Object.values(ProxyTemplate))('[R7.7] %s', (kind) => {
  let stored: Inbound;
  beforeAll(async () => {
    stored = await make(kind);
  });

  test('shows no secret, and is whole again when it comes back', () => {
    const masked = maskInbound(stored);
    const text = JSON.stringify(masked);
    for (const secret of secretsOf(stored)) expect(text).not.toContain(secret);
    expect(text.includes(MASK)).toBe(secretsOf(stored).length > 0);
    expect(unmaskInbound(JSON.parse(text), stored)).toEqual(stored);
    expect(maskInbound(unmaskInbound(masked, stored) as Inbound)).toEqual(masked);
  });

  test('with a mask and nothing stored behind it is refused', async () => {
    const elsewhere = await make(ProxyTemplate.VMESS_WS);
    const candidate = unmaskInbound(maskInbound(stored), elsewhere);
    const { problems } = checkInbound({ protocol: stored.protocol, port: stored.port, inbound: candidate }, NOW);
    expect(problems.map(({ message }) => message)).toEqual(secretsOf(stored).length > 0 ? [REFUSED] : []);
  });
});

type Editable = { streamSettings: Record<string, Record<string, unknown>> };

test('[R7.7] what was edited beside a mask is kept', async () => {
  const stored = await make(ProxyTemplate.VLESS_REALITY_VISION);
  const edited = structuredClone(maskInbound(stored)) as Editable & { listen: string };
  edited.listen = '192.0.2.7';
  Object.assign(edited.streamSettings['realitySettings'] ?? {}, { shortIds: ['ab'] });
  const { inbound } = check('vless', unmaskInbound(edited, stored));
  expect(inbound).toEqual({
    ...stored,
    listen: '192.0.2.7',
    streamSettings: {
      ...('streamSettings' in stored && stored.streamSettings),
      realitySettings: { ...('streamSettings' in stored && stored.streamSettings.realitySettings), shortIds: ['ab'] },
    },
  });
});

test('[R7.7] a new secret beside the mask of the old one wins', async () => {
  const stored = await make(ProxyTemplate.VLESS_REALITY_VISION);
  const edited = structuredClone(maskInbound(stored)) as Editable;
  const privateKey = 'A'.repeat(43);
  Object.assign(edited.streamSettings['realitySettings'] ?? {}, { privateKey });
  expect(unmaskInbound(edited, stored)).toMatchObject({ streamSettings: { realitySettings: { privateKey } } });
});

describe('[R7.7] the key of a certificate', () => {
  const setUp = async () => {
    const stored = await make(ProxyTemplate.TROJAN_TLS);
    const [first, second] = [
      await selfSignedCertificate('a.example.com', NOW),
      await selfSignedCertificate('b.example.com', NOW),
    ];
    if (stored.protocol === 'shadowsocks') throw new Error('unexpected template');
    const tlsSettings = { certificates: [first, second] };
    return { stored: { ...stored, streamSettings: { ...stored.streamSettings, tlsSettings } }, first, second };
  };
  const masked = ({ certificate }: { certificate: string[] }) => ({ certificate, key: [MASK] });
  const keysOf = (candidate: unknown): unknown[] =>
    (
      candidate as { streamSettings: { tlsSettings: { certificates: { key: unknown }[] } } }
    ).streamSettings.tlsSettings.certificates.map(({ key }) => key);
  const candidateOf = (certificates: unknown) => ({ streamSettings: { tlsSettings: { certificates } } });

  test('comes back beside its certificate, however that is broken into lines', async () => {
    const { stored, first, second } = await setUp();
    const pasted = { certificate: [first.certificate.join('\r\n')], key: [` ${MASK}\n`] };
    expect(keysOf(unmaskInbound(candidateOf([pasted, masked(second)]), stored))).toEqual([first.key, second.key]);
  });

  test('does not come back beside another certificate, at another index or for a part of it', async () => {
    const { stored, first, second } = await setUp();
    const fresh = await selfSignedCertificate('a.example.com', NOW);
    expect(keysOf(unmaskInbound(candidateOf([masked(fresh), masked(second)]), stored))).toEqual([[MASK], second.key]);
    expect(keysOf(unmaskInbound(candidateOf([masked(second), masked(first)]), stored))).toEqual([[MASK], [MASK]]);
    const partly = { ...first, key: [MASK, ...first.key.slice(1)] };
    const { problems } = check('trojan', {
      ...stored,
      port: 443,
      ...(unmaskInbound(candidateOf([partly]), stored) as object),
    });
    expect(problems.map(({ path }) => path)).toContain('inbound.streamSettings.tlsSettings.certificates.0.key');
  });
});

test.each([
  null,
  undefined,
  7,
  'text',
  [],
  {},
  { settings: null },
  { settings: { password: 7 } },
  { streamSettings: [] },
  { streamSettings: { realitySettings: 'x', tlsSettings: { certificates: {} } } },
  {
    streamSettings: {
      realitySettings: { privateKey: [MASK] },
      tlsSettings: { certificates: [null, 7, { key: MASK }] },
    },
  },
])('[R7.7] %j is left as it is', async (candidate) => {
  for (const kind of Object.values(ProxyTemplate)) {
    expect(unmaskInbound(candidate, await make(kind))).toEqual(candidate);
  }
});
