import { expect, test } from 'vitest';
import { parseJoinToken } from './join-token.js';

const secret = Buffer.alloc(32, 1).toString('base64url');
const pin = Buffer.alloc(32, 2);
const url = Buffer.from('https://panel.example.com:8443').toString('base64url');
const token = ['vpj1', 'abcdef0123', secret, pin.toString('base64url'), url].join('.');

test('reads id, fingerprint and URL, also with white space around the token', () => {
  expect(parseJoinToken(`  ${token}\n`)).toEqual({
    bearer: token,
    id: 'abcdef0123',
    pin,
    panelUrl: 'https://panel.example.com:8443',
  });
});

test.each([
  ['another kind of token', 'vpn1.abcdef0123.xyz', 'does not begin with'],
  ['nothing', '', 'does not begin with'],
  ['a cut off end', token.split('.').slice(0, 4).join('.'), '4 parts instead of 5'],
  ['a cut off URL', token.slice(0, -30), 'URL'],
  ['a bad id', token.replace('abcdef0123', 'ABC'), 'id'],
  ['a short secret', token.replace(secret, 'abc'), 'secret has the wrong length'],
  ['a strange character', token.replace(secret, `${secret.slice(0, -1)}+`), 'characters that do not belong'],
  ['a short fingerprint', token.replace(pin.toString('base64url'), 'abc'), 'fingerprint'],
  [
    '[R3.8] a plain HTTP URL',
    token.replace(url, Buffer.from('http://panel:80').toString('base64url')),
    'instead of https',
  ],
])('says what is wrong with a token: %s', (_, text, words) => {
  expect(() => parseJoinToken(text)).toThrow(words);
});

test('never repeats the secret in a message', () => {
  const broken = token.replace('abcdef0123', 'ABC');
  expect(() => parseJoinToken(broken)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining(secret) }),
  );
});
