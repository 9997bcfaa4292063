import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inboundJsonSchema } from './inbound.json-schema.js';
import { maskInbound } from './inbound.secrets.js';
import { buildTemplate, ProxyTemplate } from './proxy-templates.js';

const NOW = new Date('2026-08-01T00:00:00Z');
const whole = inboundJsonSchema();
const accepts = (schema: Record<string, unknown>, value: unknown): boolean =>
  z.fromJSONSchema(schema).safeParse(value).success;

test('is draft-07, explains what is not obvious, and is small enough to be sent', () => {
  const text = JSON.stringify(whole);
  expect(whole['$schema']).toBe('http://json-schema.org/draft-07/schema#');
  expect(text.length).toBeLessThan(65_536);
  for (const words of [
    'host:port of the site that is borrowed',
    'X25519',
    '0.0.0.0 and :: are all',
    'xtls-rprx-vision',
  ]) {
    expect(text).toContain(words);
  }
  expect(text).not.toMatch(/"\$ref":"[^#]/);
});

describe.each(Object.values(ProxyTemplate))('[R7.7] %s', (kind) => {
  test('is accepted as it is shown, and refused with a misspelled key', async () => {
    const inbound = await buildTemplate(kind, {}, NOW);
    const shown = maskInbound(inbound) as Record<string, unknown>;
    for (const schema of [whole, inboundJsonSchema(inbound.protocol)]) {
      expect(accepts(schema, shown)).toBe(true);
      expect(accepts(schema, { ...shown, sniffin: {} })).toBe(false);
      expect(accepts(schema, { ...shown, listen: 7 })).toBe(false);
    }
  });

  test('may leave out what stands beside it only when the protocol is known', async () => {
    const inbound = await buildTemplate(kind, {}, NOW);
    const { protocol: _protocol, port: _port, ...rest } = maskInbound(inbound) as Record<string, unknown>;
    expect(accepts(inboundJsonSchema(inbound.protocol), rest)).toBe(true);
    expect(accepts(whole, rest)).toBe(false);
  });
});

test('what has a default may be left out', () => {
  expect(inboundJsonSchema('vless')['required']).toEqual(['settings', 'streamSettings']);
  expect(inboundJsonSchema('vmess')['required']).toEqual(['streamSettings']);
  expect(accepts(whole, { protocol: 'vmess', port: 80, streamSettings: { network: 'ws', wsSettings: {} } })).toBe(true);
});
