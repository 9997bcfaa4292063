import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Endpoint, SubscriptionInfo } from './endpoint.js';
import type { Format } from './format.js';
import { render } from './render.js';

const inGolden = (name: string): URL => new URL(`golden/${name}`, import.meta.url);
const endpoints = JSON.parse(readFileSync(inGolden('endpoints.json'), 'utf8')) as Endpoint[];
const now = new Date('2026-06-01T12:00:00Z');
const info: SubscriptionInfo = {
  title: 'Example · Пример',
  username: 'alice',
  usage: { upload: 1_234n, download: 5_678n, total: 10_737_418_240n, expiresAt: new Date('2026-12-31T00:00:00Z') },
  updateHours: 12,
  pageUrl: 'https://panel.example.com/sub/t0ken',
};

/** The names are such that no formatter touches the files: what counts is every byte. `vitest -u` writes them anew. */
const FILES: [Format, string][] = [
  ['links', 'links.base64.golden'],
  ['mihomo', 'mihomo.yaml.golden'],
  ['stash', 'stash.yaml.golden'],
  ['clash', 'clash.yaml.golden'],
  ['sing-box', 'sing-box.json.golden'],
  ['xray', 'xray.json.golden'],
];

describe('rendered profiles', () => {
  it.each(FILES)('[R4.2] %s is what has been checked with the real client', async (format, file) => {
    const { body } = render(format, endpoints, info, now, 'en');
    await expect(body).toMatchFileSnapshot(`golden/${file}`);
  });

  it.each(FILES)('[R4.2] %s without servers lets nothing out directly', async (format, file) => {
    const { body } = render(format, [], info, now, 'en');
    await expect(body).toMatchFileSnapshot(`golden/empty.${file}`);
  });
});
