import { describe, expect, it } from 'vitest';
import { chooseFormat, FORMATS, type Format } from './format.js';

const AGENTS: [Format, string][] = [
  ['mihomo', 'clash-verge/v2.4.2'],
  ['mihomo', 'Clash-Verge-rev/1.7.7'],
  ['mihomo', 'ClashMetaForAndroid/2.11.5.Meta'],
  ['mihomo', 'clash.meta/v1.19.10'],
  ['mihomo', 'ClashX Meta/v1.4.3 (com.metacubex.ClashX.meta; build:665; macOS 14.5.0) Alamofire/5.9.1'],
  ['mihomo', 'clash-nyanpasu/v1.6.1'],
  ['mihomo', 'mihomo/1.19.21'],
  ['mihomo', 'mihomo.party/v1.8.4 (clash.meta)'],
  ['mihomo', 'FlClash/v0.8.90 clash-verge Platform/android'],
  ['mihomo', 'Flowvy/1.0.0'],
  ['mihomo', 'koala-clash/v1.2.0'],
  ['mihomo', 'prizrak-box/v3.0.0'],
  ['mihomo', 'NekoBox/Android/1.3.8 (Prefer ClashMeta Format)'],
  ['stash', 'Stash/2.7.1 Clash/1.9.0'],
  ['clash', 'ClashforWindows/0.20.39'],
  ['clash', 'ClashX Pro/1.118.0.1 (com.west2online.ClashXPro; build:1.118.0.1; macOS 14.4.1) Alamofire/5.8.1'],
  ['clash', 'ClashForAndroid/2.5.12.premium'],
  ['clash', 'Clash/1.18.0'],
  ['sing-box', 'SFA/1.12.9 (Build 586; sing-box 1.12.9; language en_US)'],
  ['sing-box', 'SFI/1.11.4 (Build 1; sing-box 1.11.4; language zh-Hans_CN)'],
  ['sing-box', 'SFM/1.13.0 (Build 2; sing-box 1.13.0; language en_DE)'],
  ['sing-box', 'SFT/1.12.0 (Build 1; sing-box 1.12.0; language en)'],
  ['sing-box', 'HiddifyNext/2.5.7 (android) like ClashMeta v2ray sing-box'],
  ['sing-box', 'Karing/1.1.2.606 platform/ios'],
  ['sing-box', 'singbox-launcher/0.7.1'],
  ['links', 'v2rayNG/1.10.2'],
  ['links', 'v2rayN/7.14.6'],
  ['links', 'Happ/3.4.1/ios/2508201225'],
  ['links', 'Streisand/1.6.50 CFNetwork/1498.700.2 Darwin/23.6.0'],
  ['links', 'V2Box/9.6.1 CFNetwork/1568.200.51 Darwin/24.1.0'],
  ['links', 'INCY/1.0.3'],
  ['links', 'ktor-client'],
  ['links', 'Shadowrocket/2687 CFNetwork/3826.500.131 Darwin/24.5.0 iPhone17,1'],
  ['links', 'Quantumult%20X/1.0.30 (iPhone14,2; iOS 17.4)'],
  ['links', 'curl/8.5.0'],
  ['links', 'Go-http-client/2.0'],
  ['links', ''],
];

const CHROME =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36';
const HTML = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('the format of an answer', () => {
  it.each(AGENTS)('[R4.2] is %s for %s', (format, userAgent) => {
    expect(chooseFormat({ userAgent, accept: '*/*', format: undefined })).toBe(format);
  });

  it('[R4.2] is links for who says nothing', () => {
    expect(chooseFormat({ userAgent: undefined, accept: undefined, format: undefined })).toBe('links');
  });

  it('[R4.2] is the page for browsers', () => {
    expect(chooseFormat({ userAgent: CHROME, accept: HTML, format: undefined })).toBe('html');
    expect(chooseFormat({ userAgent: CHROME, accept: HTML, format: '' })).toBe('html');
  });

  it.each(FORMATS)('[R4.2] is %s where that is asked for, whoever asks', (format) => {
    expect(chooseFormat({ userAgent: CHROME, accept: HTML, format })).toBe(format);
    expect(chooseFormat({ userAgent: 'mihomo/1.19.21', accept: '*/*', format: ` ${format.toUpperCase()}` })).toBe(
      format,
    );
  });

  it.each([
    ['base64', 'links'],
    ['v2ray', 'links'],
    ['clash-meta', 'mihomo'],
    ['singbox', 'sing-box'],
    ['v2ray-json', 'xray'],
    ['json', 'xray'],
  ])('[R4.2] %s, as other panels call it, is %s', (format, known) => {
    expect(chooseFormat({ userAgent: undefined, accept: undefined, format })).toBe(known);
  });

  it.each(['surge', 'constructor', '__proto__', '<script>'])(
    '[R4.2] %s is answered with the names that are known',
    (format) => {
      const answer = chooseFormat({ userAgent: undefined, accept: undefined, format });
      expect(answer).toEqual({
        error: 'There is no such format. Known are: links, mihomo, stash, clash, sing-box, xray, html.',
        known: FORMATS,
      });
    },
  );
});
