import { expect, test } from 'vitest';
import { SecretBox } from './secret-box.js';

const box = new SecretBox('a secret of at least 32 characters');

test('what was sealed opens again under its label, whatever the text', () => {
  for (const text of ['', 'plain', 'ключ 密钥 🔑', 'x'.repeat(100_000)]) {
    expect(box.open(box.seal(text, 'ca'), 'ca')).toBe(text);
  }
});

test('the sealed text does not show the plain one, and is another each time', () => {
  const sealed = box.seal('open sesame', 'ca');
  expect(sealed.includes('sesame')).toBe(false);
  expect(box.seal('open sesame', 'ca').equals(sealed)).toBe(false);
});

test('another key does not open it', () => {
  const sealed = box.seal('secret', 'ca');
  expect(() => new SecretBox('another secret of 32 characters!').open(sealed, 'ca')).toThrow();
});

test('moved to another label it does not open', () => {
  expect(() => box.open(box.seal('secret', 'ca'), 'agent-listener')).toThrow();
});

test('altered anywhere it does not open', () => {
  const sealed = box.seal('secret', 'ca');
  for (let position = 0; position < sealed.length; position += 1) {
    const altered = Buffer.from(sealed);
    altered[position] = (altered[position] ?? 0) ^ 1;
    expect(() => box.open(altered, 'ca'), `byte ${position}`).toThrow();
  }
});

test('cut short it does not open, not even by a shorter tag', () => {
  const sealed = box.seal('secret', 'ca');
  for (const length of [0, 5, 12, 16, 27, 28, sealed.length - 1]) {
    expect(() => box.open(sealed.subarray(0, length), 'ca'), `${length} bytes`).toThrow();
  }
});
