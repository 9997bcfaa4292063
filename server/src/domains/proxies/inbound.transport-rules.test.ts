import { beforeAll, expect, test } from 'vitest';
import { checkInbound } from './inbound.validation.js';
import { buildTemplate, ProxyTemplate } from './proxy-templates.js';

const NOW = new Date('2026-08-01T00:00:00Z');
const VISION = 'xtls-rprx-vision';

/** Every combination of the four, decided. What clients and Xray do with each: docs of Xray and inbound.transport-rules. */
const DECIDED = `
vless  raw   none    -      refused
vless  raw   none    vision refused
vless  raw   tls     -      accepted
vless  raw   tls     vision accepted
vless  raw   reality -      accepted
vless  raw   reality vision accepted
vless  ws    none    -      refused
vless  ws    none    vision refused
vless  ws    tls     -      accepted
vless  ws    tls     vision refused
vless  ws    reality -      refused
vless  ws    reality vision refused
vless  xhttp none    -      refused
vless  xhttp none    vision refused
vless  xhttp tls     -      accepted
vless  xhttp tls     vision refused
vless  xhttp reality -      accepted
vless  xhttp reality vision refused
vmess  raw   none    -      refused
vmess  raw   none    vision refused
vmess  raw   tls     -      accepted
vmess  raw   tls     vision refused
vmess  raw   reality -      refused
vmess  raw   reality vision refused
vmess  ws    none    -      accepted
vmess  ws    none    vision refused
vmess  ws    tls     -      accepted
vmess  ws    tls     vision refused
vmess  ws    reality -      refused
vmess  ws    reality vision refused
vmess  xhttp none    -      refused
vmess  xhttp none    vision refused
vmess  xhttp tls     -      refused
vmess  xhttp tls     vision refused
vmess  xhttp reality -      refused
vmess  xhttp reality vision refused
trojan raw   none    -      refused
trojan raw   none    vision refused
trojan raw   tls     -      accepted
trojan raw   tls     vision refused
trojan raw   reality -      accepted
trojan raw   reality vision refused
trojan ws    none    -      refused
trojan ws    none    vision refused
trojan ws    tls     -      accepted
trojan ws    tls     vision refused
trojan ws    reality -      refused
trojan ws    reality vision refused
trojan xhttp none    -      refused
trojan xhttp none    vision refused
trojan xhttp tls     -      refused
trojan xhttp tls     vision refused
trojan xhttp reality -      refused
trojan xhttp reality vision refused
`;

let securitySettings: Record<string, object>;
let tlsSettings: object;

beforeAll(async () => {
  const reality = await buildTemplate(ProxyTemplate.VLESS_REALITY_VISION, {}, NOW);
  const tls = await buildTemplate(ProxyTemplate.TROJAN_TLS, {}, NOW);
  if (reality.protocol === 'shadowsocks' || tls.protocol === 'shadowsocks') throw new Error('unexpected template');
  tlsSettings = { ...tls.streamSettings.tlsSettings, alpn: ['http/1.1'] };
  securitySettings = {
    none: {},
    tls: { tlsSettings },
    reality: { realitySettings: reality.streamSettings.realitySettings },
  };
});

const check = (protocol: string, stream: object, flow = '') => {
  const settings = flow || protocol === 'vless' ? { flow } : {};
  return checkInbound({ protocol, port: 443, inbound: { settings, streamSettings: stream } }, NOW);
};

test('[R7.7] every combination of protocol, network, security and flow is decided', () => {
  const rows = ['vless', 'vmess', 'trojan'].flatMap((protocol) =>
    ['raw', 'ws', 'xhttp'].flatMap((network) =>
      ['none', 'tls', 'reality'].flatMap((security) =>
        ['', VISION].map((flow) => {
          const stream = { network, security, ...securitySettings[security] };
          const verdict = check(protocol, stream, flow).problems.length === 0 ? 'accepted' : 'refused';
          const words = [protocol.padEnd(6), network.padEnd(5), security.padEnd(7), flow ? 'vision' : '-     '];
          return [...words, verdict].join(' ');
        }),
      ),
    ),
  );
  expect(`\n${rows.join('\n')}\n`).toBe(DECIDED);
});

test.each<[what: string, protocol: string, stream: object, path: string, message: RegExp]>([
  ['plain VLESS', 'vless', { network: 'raw' }, 'streamSettings.security', /reality or tls .* clients refuse it/],
  ['plain Trojan', 'trojan', {}, 'streamSettings.security', /tls or reality .* clients refuse it unencrypted/],
  ['VMess over XHTTP', 'vmess', { network: 'xhttp' }, 'streamSettings.network', /must be ws or raw for vmess/],
  ['TLS without its settings', 'vmess', { security: 'tls' }, 'streamSettings.tlsSettings', /is missing: security tls/],
  [
    'REALITY without its settings',
    'vless',
    { security: 'reality' },
    'streamSettings.realitySettings',
    /is missing: security reality/,
  ],
])('[R7.7] %s is refused where it can be mended', (_what, protocol, stream, path, message) => {
  const { inbound, problems } = check(protocol, stream);
  expect(inbound).toBeUndefined();
  expect(problems).toEqual([{ path: `inbound.${path}`, message: expect.stringMatching(message) as string }]);
});

test('[R7.7] settings of another transport or another security are refused', () => {
  const stream = { network: 'ws', security: 'tls', ...securitySettings['tls'], ...securitySettings['reality'] };
  const { problems } = check('vless', { ...stream, wsSettings: {}, xhttpSettings: {}, rawSettings: {} });
  expect(problems.map(({ path }) => path)).toEqual([
    'inbound.streamSettings.rawSettings',
    'inbound.streamSettings.xhttpSettings',
    'inbound.streamSettings.realitySettings',
  ]);
  expect(problems[0]?.message).toBe('belongs to network raw, but network is ws; remove one of the two');
});

test('[R7.7] Vision over anything but raw is refused at the flow', () => {
  const { problems } = check('vless', { network: 'ws', security: 'tls', ...securitySettings['tls'] }, VISION);
  const message = `must be empty: ${VISION} needs network raw with security tls or reality, and this is ws with tls`;
  expect(problems).toEqual([{ path: 'inbound.settings.flow', message }]);
});

test('[R7.7] Vision needs TLS 1.3', () => {
  const stream = { network: 'raw', security: 'tls' };
  const capped = {
    ...stream,
    tlsSettings: { ...tlsSettings, maxVersion: '1.2' },
  };
  expect(check('vless', capped).problems).toEqual([]);
  expect(check('vless', capped, VISION).problems.map(({ path }) => path)).toEqual([
    'inbound.streamSettings.tlsSettings.maxVersion',
  ]);
});

test('[R7.7] a network that could not be read is not judged a second time', () => {
  const { problems } = check('vless', { network: 'grpc', security: 'tls', ...securitySettings['tls'], wsSettings: {} });
  expect(problems).toEqual([{ path: 'inbound.streamSettings.network', message: 'must be raw, ws or xhttp' }]);
});
