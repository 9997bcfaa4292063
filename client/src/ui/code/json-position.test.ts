import { describe, expect, it } from 'vitest';
import { positionOf } from './json-position';

const TEXT = `{
  "port": 443,
  "settings": { "flow": "" },
  "streamSettings": {
    "security": "reality",
    "realitySettings": {
      "serverNames": ["a.example", "*.b.example"],
      "target.with.dots": true,
      "certificates": [{ "key": ["one", "two"] }]
    }
  }
}`;

const marked = (path: string, text = TEXT) => {
  const { from, to, exact } = positionOf(text, path);
  return { text: text.slice(from, to), exact };
};

describe('the place of a path in a JSON text', () => {
  it.each([
    ['port', '443'],
    ['settings.flow', '""'],
    ['streamSettings.security', '"reality"'],
    ['streamSettings.realitySettings.serverNames.1', '"*.b.example"'],
    ['streamSettings.realitySettings.certificates.0.key.1', '"two"'],
    ['streamSettings.realitySettings.target.with.dots', 'true'],
  ])('[R7.7] marks the value at %s', (path, text) => {
    expect(marked(path)).toEqual({ text, exact: true });
  });

  it('marks the key of an object or a list, which is shorter than the value', () => {
    expect(marked('streamSettings.realitySettings')).toEqual({ text: '"realitySettings"', exact: true });
    expect(marked('streamSettings.realitySettings.serverNames').text).toBe('"serverNames"');
    expect(marked('streamSettings.realitySettings.certificates.0').text).toBe('{');
  });

  it('[R7.7] marks the nearest object around what is missing', () => {
    expect(marked('streamSettings.realitySettings.privateKey')).toEqual({ text: '"realitySettings"', exact: false });
    expect(marked('streamSettings.realitySettings.serverNames.7')).toEqual({ text: '"serverNames"', exact: false });
    expect(marked('sniffing.enabled')).toEqual({ text: '{', exact: false });
  });

  it('takes the empty path for the whole', () => {
    expect(marked('')).toEqual({ text: '{', exact: true });
  });

  it('finds its way also while the text is being written', () => {
    expect(marked('a.b', '{ "a": { "b": 1, ').text).toBe('1');
    expect(positionOf('', 'a')).toMatchObject({ from: 0, to: 0 });
    expect(marked('a', '{ "a": }').text).toBe('"a"');
  });

  it('reads keys that are written with escapes', () => {
    expect(marked('äx', String.raw`{ "\u00e4x": 5 }`).text).toBe('5');
  });
});
