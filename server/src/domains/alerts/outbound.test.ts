import type { LookupAddress } from 'node:dns';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, createAuthority } from '../../platform/certificates.js';
import { HttpSink } from '../../testing/sinks.js';
import { ForbiddenTarget, Outbound, type Resolve } from './outbound.js';

let sink: HttpSink;
beforeAll(async () => {
  sink = await HttpSink.start();
});
afterEach(() => sink.clear());
afterAll(() => sink.stop());

const address = (text: string): LookupAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });
const says =
  (...addresses: string[]): Resolve =>
  () =>
    Promise.resolve(addresses.map(address));
const post = (outbound: Outbound, url: string, signal = AbortSignal.timeout(5_000)) =>
  outbound.post(new URL(url), { headers: {}, body: 'hello', signal });

describe('[R2.7] the panel cannot be used to reach what stands behind it', () => {
  test.each([
    'http://127.0.0.1',
    'http://127.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://017700000001',
    'http://0',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[::]',
    'http://localhost',
  ])('%s is refused, with and without TLS', async (base) => {
    const outbound = new Outbound({ privateTargets: false });
    await expect(post(outbound, `${base}:${sink.port}/`)).rejects.toThrow(ForbiddenTarget);
    await expect(post(outbound, `${base.replace('http', 'https')}:${sink.port}/`)).rejects.toThrow(ForbiddenTarget);
    expect(sink.received).toEqual([]);
  });

  test('a name that resolves to such an address is refused, also when another address of it is public', async () => {
    for (const resolve of [says('127.0.0.1'), says('1.1.1.1', '10.0.0.1'), says('::ffff:127.0.0.1')]) {
      const outbound = new Outbound({ privateTargets: false, resolve });
      await expect(post(outbound, `https://hook.test:${sink.port}/`)).rejects.toThrow(/private or reserved/);
    }
  });

  test('a name that resolves otherwise a moment later leads where it was judged to lead', async () => {
    const answers = ['127.0.0.1', '10.255.255.1'];
    let asked = 0;
    const resolve: Resolve = () => Promise.resolve([address(answers[asked++] ?? '10.255.255.1')]);
    const outbound = new Outbound({ privateTargets: true, resolve });
    expect((await post(outbound, `http://rebinding.test:${sink.port}/`)).status).toBe(200);
    expect(asked).toBe(1);
    expect(sink.received[0]?.headers.host).toBe(`rebinding.test:${sink.port}`);
  });

  test('a redirect is an answer and not a way', async () => {
    sink.reply = () => ({ status: 302, headers: { location: `${sink.url}/inside` } });
    const outbound = new Outbound({ privateTargets: true });
    expect((await post(outbound, `${sink.url}/`)).status).toBe(302);
    expect(sink.received.map(({ path }) => path)).toEqual(['/']);
  });

  test('public addresses are for TLS only', async () => {
    const outbound = new Outbound({ privateTargets: true, resolve: says('1.1.1.1') });
    await expect(outbound.addresses('public.test', false)).rejects.toThrow('must be https');
    await expect(outbound.addresses('public.test', true)).resolves.toEqual([address('1.1.1.1')]);
  });
});

describe('posting', () => {
  test('[R2.7] of several addresses one that answers is enough', async () => {
    const outbound = new Outbound({ privateTargets: true, resolve: says('::1', '127.0.0.1') });
    expect((await post(outbound, `http://both.test:${sink.port}/`)).status).toBe(200);
  });

  test('[R2.7] no more of an answer is read than is looked at', async () => {
    sink.reply = () => ({ body: 'x'.repeat(3_000_000) });
    const { text } = await post(new Outbound({ privateTargets: true }), sink.url);
    expect(text.length).toBe(64 * 1024);
  });

  test('[R2.7] silence ends with the time that is given', async () => {
    sink.reply = () => ({ silent: true });
    const outbound = new Outbound({ privateTargets: true });
    await expect(post(outbound, sink.url, AbortSignal.timeout(50))).rejects.toThrow(/abort|timeout/i);
    const never = new Outbound({ privateTargets: true, resolve: () => new Promise(() => undefined) });
    await expect(post(never, sink.url, AbortSignal.timeout(50))).rejects.toThrow(/abort|timeout/i);
  });

  test('[R2.7] the certificate has to be of the name, whatever address it is reached by', async () => {
    const now = new Date();
    const authority = await CertificateAuthority.load(await createAuthority(now));
    const tls = await authority.issueServer(['hook.test'], now);
    const secure = await HttpSink.start(tls);
    try {
      const options = { privateTargets: true, resolve: says('127.0.0.1'), ca: authority.certificate };
      const outbound = new Outbound(options);
      expect((await post(outbound, `https://hook.test:${secure.port}/`)).status).toBe(200);
      await expect(post(outbound, `https://other.test:${secure.port}/`)).rejects.toThrow(/altnames|does not match/i);
      const { ca: _, ...untrusting } = options;
      await expect(post(new Outbound(untrusting), `https://hook.test:${secure.port}/`)).rejects.toThrow();
    } finally {
      await secure.stop();
    }
  });
});
