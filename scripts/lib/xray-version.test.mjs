import { describe, expect, it } from 'vitest';
import { isRecentEnough, parseXrayVersion } from './xray-version.mjs';

describe('the version of an Xray', () => {
  it.each([
    ['Xray 26.7.28 (Xray, Penetrates Everything.) Custom (go1.26.8 linux/amd64)\nA platform', '26.7.28'],
    ['Xray 1.8.4 (Xray) x', '1.8.4'],
    ['V2Ray 4.34.0 (V2Fly)', undefined],
    ['A warning\nXray 26.7.28 (Xray)', undefined],
    ['', undefined],
  ])('is read from %j', (output, version) => {
    expect(parseXrayVersion(output)).toBe(version);
  });

  it.each([
    ['26.5.3', true],
    ['26.5.10', true],
    ['26.10.1', true],
    ['27.1.1', true],
    ['26.5.2', false],
    ['26.4.30', false],
    ['25.12.31', false],
  ])('%s is recent enough: %s', (version, expected) => {
    expect(isRecentEnough(version, '26.5.3')).toBe(expected);
  });
});
