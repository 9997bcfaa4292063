import { beforeAll, describe, expect, test } from 'vitest';
import { checkInbound, type InboundCheck } from './inbound.validation.js';
import { buildTemplate, ProxyTemplate } from './proxy-templates.js';

const NOW = new Date('2026-08-01T00:00:00Z');

type Json = Record<string, unknown>;

let reality: Json;
let websocket: Json;
let xhttp: Json;
let shadowsocks: Json;

beforeAll(async () => {
  const make = async (kind: ProxyTemplate) => (await buildTemplate(kind, {}, NOW)) as unknown as Json;
  reality = await make(ProxyTemplate.VLESS_REALITY_VISION);
  websocket = await make(ProxyTemplate.VMESS_WS);
  xhttp = await make(ProxyTemplate.VLESS_XHTTP_REALITY);
  shadowsocks = await make(ProxyTemplate.SHADOWSOCKS_2022_128);
});

const checkAs = (protocol: string, port: unknown, inbound: unknown): InboundCheck =>
  checkInbound({ protocol, port: port as number, inbound }, NOW);

const check = (inbound: unknown, port = 443, protocol = 'vless'): InboundCheck => checkAs(protocol, port, inbound);

/** A copy with a value at a path; `undefined` takes it out. */
function withAt(object: Json, path: string, value: unknown): Json {
  const copy = structuredClone(object);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((current, key) => (current[key] ??= {}) as Json, copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

const pathsOf = ({ problems }: InboundCheck): string[] => problems.map(({ path }) => path);

describe('[R7.7] what stands beside the inbound', () => {
  test.each<[what: string, changes: Json, port: unknown, protocol: string, paths: string[]]>([
    ['the same protocol and port again', {}, 443, 'vless', []],
    ['in the letters of the API', {}, 443, 'VLESS', []],
    ['in the letters of the API inside', { protocol: 'VLESS' }, 443, 'vless', []],
    ['neither again', { protocol: undefined, port: undefined }, 443, 'vless', []],
    ['another port inside', { port: 444 }, 443, 'vless', ['inbound.port']],
    ['the port as a text inside', { port: '443' }, 443, 'vless', ['inbound.port']],
    ['another protocol inside', { protocol: 'trojan' }, 443, 'vless', ['inbound.protocol']],
    ['no protocol at all inside', { protocol: 7 }, 443, 'vless', ['inbound.protocol']],
    ['a tag', { tag: 'mine' }, 443, 'vless', ['inbound.tag']],
    ['port 0', { port: 0 }, 0, 'vless', ['port']],
    ['port 65536', { port: undefined }, 65_536, 'vless', ['port']],
    ['half a port', { port: undefined }, 443.5, 'vless', ['port']],
    ['no number as port', { port: undefined }, Number.NaN, 'vless', ['port']],
    ['no port', { port: undefined }, undefined, 'vless', ['port']],
    ['an unknown protocol', {}, 443, 'socks', ['protocol']],
    ['a protocol that every object has', {}, 443, 'constructor', ['protocol']],
    ['an empty protocol', {}, 443, '', ['protocol']],
  ])('%s', (_what, changes, port, protocol, paths) => {
    const inbound = Object.entries(changes).reduce((object, [key, value]) => withAt(object, key, value), reality);
    expect(pathsOf(checkAs(protocol, port, inbound))).toEqual(paths);
  });

  test('an unknown protocol does not hide what else is wrong', () => {
    const broken = withAt(withAt(reality, 'streamSettings.realitySettings.shortIds', ['x']), 'listen', 'example.com');
    expect(pathsOf(check(broken, 0, 'socks'))).toEqual([
      'protocol',
      'inbound.port',
      'port',
      'inbound.listen',
      'inbound.streamSettings.realitySettings.shortIds.0',
    ]);
  });
});

describe('[R7.7] by schema', () => {
  test.each<[path: string, value: unknown, message: string]>([
    ['settings.clients', [], 'users are added by the panel; remove this list'],
    ['settings.users', [], 'users are added by the panel; remove this list'],
    ['tag', 'x', 'is set by the panel; remove it'],
    ['settings.fallbacks', [], 'is not supported; remove it, or serve the other site on a port of its own'],
    ['streamSettings.grpcSettings', {}, 'is not supported; use network raw, ws or xhttp'],
    ['streamSetting', {}, 'is not known here; did you mean streamSettings?'],
    ['sniffing.destoverride', [], 'is not known here; did you mean destOverride?'],
    ['streamSettings.realitySettings.shortId', 'ab', 'is not known here; did you mean shortIds?'],
    ['streamSettings.realitySettings.severNames', [], 'is not known here; did you mean serverNames?'],
    [
      'streamSettings.realitySettings.publicKey',
      'x',
      'belongs to clients; remove it, the panel derives it from privateKey',
    ],
    ['settings.level', 0, 'is not known here; known are decryption, flow'],
    ['streamSettings.network', 'grpc', 'must be raw, ws or xhttp'],
    ['streamSettings.realitySettings.target', undefined, 'is missing'],
    ['streamSettings.realitySettings.target', 443, 'must be a text in quotes'],
    ['streamSettings.realitySettings.serverNames', [], 'must not be empty'],
    ['streamSettings.realitySettings.serverNames', 'example.com', 'must be a list in [ ]'],
    ['streamSettings.realitySettings.xver', 3, 'must be at most 2'],
    ['streamSettings.realitySettings.xver', 0.5, 'must be a whole number'],
    ['streamSettings.realitySettings', null, 'must be an object in { }'],
    ['streamSettings', undefined, 'is missing'],
    ['settings.decryption', 'aes', 'must be none'],
    ['settings.flow', 'xtls-rprx-direct', 'must be empty or xtls-rprx-vision'],
    ['sniffing.enabled', 'yes', 'must be true or false'],
  ])('%s: %j', (path, value, message) => {
    expect(check(withAt(reality, path, value)).problems).toContainEqual({ path: `inbound.${path}`, message });
  });

  test('of XHTTP, what would be ignored or refused by Xray', () => {
    const extra = { xPaddingBytes: '100-1000', scMaxEachPostBytes: 1_000_000, xmux: { maxConcurrency: '16-32' } };
    expect(check(withAt(xhttp, 'streamSettings.xhttpSettings.extra', extra), 4443).problems).toEqual([]);
    const wrong = { xPaddingByte: 1, xPaddingBytes: '1-x', scMaxEachPostBytes: {}, xmux: { maxConcurency: 1 } };
    const { problems } = check(withAt(xhttp, 'streamSettings.xhttpSettings.extra', wrong), 4443);
    expect(problems).toEqual(
      [
        ['xPaddingBytes', 'must be a number or a range such as 100-1000'],
        ['scMaxEachPostBytes', 'must be a whole number or a range such as "100-1000"'],
        ['xmux.maxConcurency', 'is not known here; did you mean maxConcurrency?'],
        ['xPaddingByte', 'is not known here; did you mean xPaddingBytes?'],
      ].map(([path, message]) => ({ path: `inbound.streamSettings.xhttpSettings.extra.${path}`, message })),
    );
  });

  test('Shadowsocks has no streamSettings', () => {
    const { problems } = check(
      { ...shadowsocks, streamSettings: { realitySettings: { serverNames: 5 } } },
      8388,
      'shadowsocks',
    );
    expect(problems).toEqual([
      {
        path: 'inbound.streamSettings',
        message: expect.stringMatching(/^is not known here; known are listen, port/) as string,
      },
    ]);
  });

  test.each([null, undefined, 'text', 7, true, []])('%j is no inbound', (inbound) => {
    const { problems } = check(inbound);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.path).toBe('inbound');
  });
});

describe('[R7.7] by meaning', () => {
  const AT = 'streamSettings.realitySettings';
  const KEY = 'A'.repeat(43);
  test.each<[path: string, value: unknown, wrongAt?: string]>([
    [`${AT}.target`, 'www.example.com:443'],
    [`${AT}.target`, '192.0.2.7:8443'],
    [`${AT}.target`, '[2001:db8::7]:443'],
    [`${AT}.target`, 'localhost:1'],
    [`${AT}.target`, '443', `${AT}.target`],
    [`${AT}.target`, 'www.example.com', `${AT}.target`],
    [`${AT}.target`, 'www.example.com:0', `${AT}.target`],
    [`${AT}.target`, 'www.example.com:65536', `${AT}.target`],
    [`${AT}.target`, ':443', `${AT}.target`],
    [`${AT}.target`, '[]:443', `${AT}.target`],
    [`${AT}.target`, '2001:db8::7:443', `${AT}.target`],
    [`${AT}.target`, '[192.0.2.7]:443', `${AT}.target`],
    [`${AT}.target`, 'https://example.com:443', `${AT}.target`],
    [`${AT}.target`, '/run/site.sock', `${AT}.target`],
    [`${AT}.target`, 'a b:443', `${AT}.target`],
    [`${AT}.privateKey`, KEY],
    [`${AT}.privateKey`, `${KEY}=`, `${AT}.privateKey`],
    [`${AT}.privateKey`, KEY.slice(1), `${AT}.privateKey`],
    [`${AT}.privateKey`, `${KEY}A`, `${AT}.privateKey`],
    [`${AT}.privateKey`, `${KEY.slice(1)}B`, `${AT}.privateKey`],
    [`${AT}.privateKey`, `${KEY.slice(1)}+`, `${AT}.privateKey`],
    [`${AT}.shortIds`, ['']],
    [`${AT}.shortIds`, ['', 'ab', '0123456789abcdef', 'ABCDEF']],
    [`${AT}.shortIds`, ['abc'], `${AT}.shortIds.0`],
    [`${AT}.shortIds`, ['ab', 'xy'], `${AT}.shortIds.1`],
    [`${AT}.shortIds`, ['0123456789abcdef00'], `${AT}.shortIds.0`],
    [`${AT}.shortIds`, ['ab', 'AB'], `${AT}.shortIds.1`],
    [`${AT}.shortIds`, ['ab', 'ab00'], `${AT}.shortIds.1`],
    [`${AT}.serverNames`, ['a.example.com', 'b.example.com']],
    [`${AT}.serverNames`, ['*.example.com'], `${AT}.serverNames.0`],
    [`${AT}.serverNames`, ['192.0.2.7'], `${AT}.serverNames.0`],
    [`${AT}.serverNames`, ['2001:db8::7'], `${AT}.serverNames.0`],
    [`${AT}.serverNames`, [''], `${AT}.serverNames.0`],
    [`${AT}.serverNames`, ['example.com.'], `${AT}.serverNames.0`],
    [`${AT}.serverNames`, ['пример.example'], `${AT}.serverNames.0`],
    [`${AT}.serverNames`, ['example.com', 'Example.com'], `${AT}.serverNames.1`],
    [`${AT}.minClientVer`, '1.8.0'],
    [`${AT}.minClientVer`, '26.7.28'],
    [`${AT}.minClientVer`, '', `${AT}.minClientVer`],
    [`${AT}.minClientVer`, '1.8', `${AT}.minClientVer`],
    [`${AT}.minClientVer`, '1.8.256', `${AT}.minClientVer`],
    [`${AT}.minClientVer`, 'v1.8.0', `${AT}.minClientVer`],
    [`${AT}.maxClientVer`, '1.8.0'],
    [`${AT}.maxClientVer`, '1.7.255', `${AT}.maxClientVer`],
    ['listen', '0.0.0.0'],
    ['listen', '::'],
    ['listen', '192.0.2.7'],
    ['listen', '2001:db8::7'],
    ['listen', 'example.com', 'listen'],
    ['listen', '', 'listen'],
    ['listen', '127.0.0.1', 'listen'],
    ['listen', '127.9.9.9', 'listen'],
    ['listen', '::1', 'listen'],
    ['listen', '::ffff:127.0.0.1', 'listen'],
    ['listen', '224.0.0.1', 'listen'],
    ['listen', '255.255.255.255', 'listen'],
    ['listen', 'fe80::1%eth0', 'listen'],
    ['listen', '/run/x.sock', 'listen'],
  ])('%s: %j', (path, value, wrongAt) => {
    const { inbound, problems } = check(withAt(reality, path, value));
    expect(problems.map((problem) => problem.path)).toEqual(wrongAt ? [`inbound.${wrongAt}`] : []);
    expect(inbound === undefined).toBe(wrongAt !== undefined);
  });

  test.each<[path: string, isGood: boolean]>([
    ['/', true],
    ['/ws-7/~x.php', true],
    ['/%20', true],
    ['ws', false],
    ['', false],
    ['/a b', false],
    ['/a\nb', false],
    ['/ä', false],
    ['/ws?ed=2048', false],
    ['/ws#x', false],
  ])('a path %j of WebSocket', (path, isGood) => {
    const { problems } = check(withAt(websocket, 'streamSettings.wsSettings.path', path), 8080, 'vmess');
    expect(problems.map((problem) => problem.path)).toEqual(isGood ? [] : ['inbound.streamSettings.wsSettings.path']);
  });

  test.each([
    ['cdn.example.com', true],
    ['192.0.2.7', true],
    ['cdn.example.com:443', false],
    ['', false],
  ])('a host %j of WebSocket', (host, isGood) => {
    const { problems } = check(withAt(websocket, 'streamSettings.wsSettings.host', host), 8080, 'vmess');
    expect(problems.map((problem) => problem.path)).toEqual(isGood ? [] : ['inbound.streamSettings.wsSettings.host']);
  });

  test.each<[method: string, password: string, isGood: boolean]>([
    ['2022-blake3-aes-128-gcm', Buffer.alloc(16, 7).toString('base64'), true],
    ['2022-blake3-aes-256-gcm', Buffer.alloc(32, 7).toString('base64'), true],
    ['2022-blake3-aes-128-gcm', Buffer.alloc(32, 7).toString('base64'), false],
    ['2022-blake3-aes-256-gcm', Buffer.alloc(16, 7).toString('base64'), false],
    ['2022-blake3-aes-128-gcm', Buffer.alloc(15, 7).toString('base64'), false],
    ['2022-blake3-aes-128-gcm', Buffer.alloc(16, 7).toString('base64').replace(/=+$/, ''), false],
    ['2022-blake3-aes-128-gcm', Buffer.alloc(16, 255).toString('base64url'), false],
    ['2022-blake3-aes-128-gcm', 'correct horse battery staple', false],
  ])('with %s the key %s', (method, password, isGood) => {
    const { problems } = check({ settings: { method, password } }, 8388, 'shadowsocks');
    expect(problems.map(({ path }) => path)).toEqual(isGood ? [] : ['inbound.settings.password']);
  });

  test('a key is judged also when its method is none', () => {
    const { problems } = check({ settings: { method: 'aes-128-gcm', password: 'short' } }, 8388, 'shadowsocks');
    expect(problems.map(({ path }) => path)).toEqual(['inbound.settings.method', 'inbound.settings.password']);
  });
});

test('[R7.7] everything wrong is told at once, form and meaning', () => {
  const inbound = {
    tag: 'x',
    port: 1,
    listen: '127.0.0.1',
    settings: { flow: 'xtls-rprx-vision', clients: [] },
    streamSettings: {
      network: 'xhttp',
      security: 'reality',
      wsSettings: { path: 'x' },
      realitySettings: {
        dest: 'example.com',
        serverNames: ['ok.example', 7],
        privateKey: 'x',
        shortIds: ['a'],
        xver: 9,
      },
    },
  };
  expect(pathsOf(check(inbound, 70_000))).toEqual([
    'inbound.port',
    'port',
    'inbound.settings.clients',
    'inbound.streamSettings.realitySettings.xver',
    'inbound.streamSettings.realitySettings.serverNames.1',
    'inbound.streamSettings.wsSettings.path',
    'inbound.tag',
    'inbound.listen',
    'inbound.streamSettings.wsSettings',
    'inbound.settings.flow',
    'inbound.streamSettings.realitySettings.dest',
    'inbound.streamSettings.realitySettings.privateKey',
    'inbound.streamSettings.realitySettings.shortIds.0',
  ]);
});

test('[R7.7] what cannot be read does not move what stands after it', () => {
  const at = 'streamSettings.realitySettings.shortIds';
  expect(pathsOf(check(withAt(reality, at, [7, 'ab', 'xyz'])))).toEqual([`inbound.${at}.0`, `inbound.${at}.2`]);
});

test('[R7.7] no message repeats what was entered', () => {
  const secret = 'MY-SECRET-KEY';
  const broken = withAt(withAt(reality, 'streamSettings.realitySettings.privateKey', secret), 'listen', secret);
  const { problems } = check(withAt(broken, 'settings.flow', secret));
  expect(problems).toHaveLength(3);
  expect(JSON.stringify(problems)).not.toContain(secret);
});

describe('[R7.7] older spellings', () => {
  test('are read as the present ones', () => {
    const old = {
      settings: {},
      streamSettings: {
        network: 'tcp',
        security: 'reality',
        tcpSettings: { acceptProxyProtocol: true },
        realitySettings: { ...((reality['streamSettings'] as Json)['realitySettings'] as Json), target: undefined },
      },
    };
    const { realitySettings } = old.streamSettings;
    const dest = 'www.example.com:443';
    delete realitySettings.target;
    const written = withAt(old, 'streamSettings.realitySettings.dest', dest);
    expect(check(written).inbound).toMatchObject({
      streamSettings: { network: 'raw', rawSettings: { acceptProxyProtocol: true }, realitySettings: { target: dest } },
    });
    expect(JSON.stringify(check(written).inbound)).not.toMatch(/tcpSettings|"dest"/);
  });

  test('are told about under their own name', () => {
    const written = withAt(reality, 'streamSettings.realitySettings.target', undefined);
    expect(pathsOf(check(withAt(written, 'streamSettings.realitySettings.dest', 'x')))).toEqual([
      'inbound.streamSettings.realitySettings.dest',
    ]);
    expect(pathsOf(check(withAt(withAt(written, 'streamSettings.tcpSettings.header', {}), 'listen', 'x')))).toEqual([
      'inbound.streamSettings.realitySettings.target',
      'inbound.streamSettings.tcpSettings.header',
      'inbound.listen',
    ]);
  });

  test('beside the present one are refused', () => {
    expect(pathsOf(check(withAt(reality, 'streamSettings.realitySettings.dest', 'example.com:443')))).toEqual([
      'inbound.streamSettings.realitySettings.dest',
    ]);
  });
});

describe('[R7.7] the normal form', () => {
  test('has what would depend on the version of Xray, and says so', () => {
    const path = 'streamSettings.realitySettings.minClientVer';
    const { inbound, warnings } = check(withAt(reality, path, undefined));
    expect(inbound).toMatchObject({ streamSettings: { realitySettings: { minClientVer: '1.8.0' } } });
    expect(warnings).toEqual([
      { path: `inbound.${path}`, message: expect.stringMatching(/is missing and set to 1\.8\.0/) as string },
    ]);
  });

  test('has the defaults', () => {
    const { inbound } = check({ streamSettings: { network: 'ws' } }, 8080, 'VMESS');
    expect(inbound).toEqual({
      listen: '0.0.0.0',
      port: 8080,
      protocol: 'vmess',
      settings: {},
      streamSettings: { network: 'ws', security: 'none', wsSettings: { path: '/' } },
    });
  });

  test('of WebSocket with TLS offers HTTP/1.1 only', async () => {
    const template = (await buildTemplate(ProxyTemplate.VLESS_WS_TLS, {}, NOW)) as unknown as Json;
    const { inbound } = check(withAt(template, 'streamSettings.tlsSettings.alpn', undefined), 2053);
    expect(inbound).toMatchObject({ streamSettings: { tlsSettings: { alpn: ['http/1.1'] } } });
  });
});

describe('[R7.7] warnings, which keep nobody from saving', () => {
  test.each<[path: string, value: unknown, port: number, at: string]>([
    ['listen', '0.0.0.0', 25, 'port'],
    ['listen', '0.0.0.0', 465, 'port'],
    ['listen', '0.0.0.0', 587, 'port'],
    [
      'streamSettings.realitySettings.minClientVer',
      '1.8.2',
      443,
      'inbound.streamSettings.realitySettings.minClientVer',
    ],
    [
      'streamSettings.realitySettings.serverNames',
      ['www.example.com', 'www.apple.com'],
      443,
      'inbound.streamSettings.realitySettings.serverNames.1',
    ],
    ['sniffing.domainsExcluded', ['example.com', 'geosite:cn'], 443, 'inbound.sniffing.domainsExcluded.1'],
  ])('%s %j on port %i', (path, value, port, at) => {
    const { inbound, problems, warnings } = check(withAt(withAt(reality, path, value), 'port', port), port);
    expect(problems).toEqual([]);
    expect(inbound).toBeDefined();
    expect(warnings.map((warning) => warning.path)).toEqual([at]);
  });

  test.each([80, 443, 8443, 1, 65_535])('none for port %i', (port) => {
    expect(check({ ...reality, port }, port).warnings).toEqual([]);
  });
});

describe('[R7.7] input that is made to break things', () => {
  test.each<[what: string, inbound: () => unknown, path: string, message: RegExp]>([
    ['U+0000 in a text', () => withAt(reality, 'listen', '0.0.0.0\0'), 'inbound.listen', /U\+0000/],
    ['U+0000 in a key', () => ({ ...reality, 'a\0': 1 }), 'inbound.a\u{FFFD}', /U\+0000/],
    ['half a surrogate pair', () => withAt(reality, 'listen', '\ud800'), 'inbound.listen', /surrogate/],
    ['the other half', () => withAt(reality, 'listen', 'x\udc00x'), 'inbound.listen', /surrogate/],
    [
      '__proto__',
      () => JSON.parse('{"settings":{"__proto__":{"flow":""}}}'),
      'inbound.settings.__proto__',
      /cannot be used/,
    ],
    [
      '__proto__ in free headers',
      () =>
        withAt(xhttp, 'streamSettings.xhttpSettings.extra', { headers: JSON.parse('{"__proto__":"x"}') as unknown }),
      'inbound.streamSettings.xhttpSettings.extra.headers.__proto__',
      /cannot be used/,
    ],
    [
      'a length that zod compares',
      () => withAt(reality, 'listen', { length: { toString: {} } }),
      'inbound.listen.length',
      /cannot be used/,
    ],
    ['too many levels', () => withAt(reality, 'x', nested(16)), `inbound.x${'.0'.repeat(15)}`, /16 levels/],
    ['ever so many levels', () => withAt(reality, 'x', nested(50_000)), `inbound.x${'.0'.repeat(15)}`, /16 levels/],
    ['a huge text', () => withAt(reality, 'listen', 'x'.repeat(70_000)), 'inbound', /at most 64 KiB/],
    ['a huge text before ever so many levels', () => ['x'.repeat(70_000), nested(50_000)], 'inbound', /at most 64 KiB/],
    ['a huge key', () => ({ ['k'.repeat(70_000)]: 1 }), 'inbound', /at most 64 KiB/],
    ['a huge text in few characters', () => withAt(reality, 'listen', 'ä'.repeat(40_000)), 'inbound', /at most 64 KiB/],
    ['very many elements', () => Array.from({ length: 1_000_000 }, () => 0), 'inbound', /at most 64 KiB/],
    ['a number that JSON cannot have', () => withAt(reality, 'x', Number.POSITIVE_INFINITY), 'inbound.x', /JSON/],
    ['a bigint', () => ({ x: 1n }), 'inbound.x', /JSON/],
  ])('%s', (_what, inbound, path, message) => {
    const { problems } = check(inbound());
    expect(problems).toContainEqual({ path, message: expect.stringMatching(message) as string });
  });

  test('an emoji is no broken text', () => {
    expect(pathsOf(check(withAt(xhttp, 'streamSettings.xhttpSettings.extra', { xPaddingKey: '🙂' }), 4443))).toEqual(
      [],
    );
  });

  test('thousands of problems are not all listed', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, 0]));
    const { problems } = check(many);
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)).toEqual({ path: 'inbound', message: 'has 4902 more problems' });
  });
});

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}
