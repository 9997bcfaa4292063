// @vitest-environment happy-dom
import { CompletionContext } from '@codemirror/autocomplete';
import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { completeJson } from './json-completion';
import type { Schema } from './json-schema';

const STREAM: Schema = {
  type: 'object',
  properties: {
    network: { type: 'string', enum: ['raw', 'ws'], default: 'raw', description: 'How it is carried.' },
    security: { allOf: [{ $ref: '#/definitions/security' }], default: 'none' },
    alpn: { type: 'array', items: { type: 'string', enum: ['h2', 'http/1.1'] } },
    show: { type: 'boolean' },
  },
};

const SCHEMA: Schema = {
  oneOf: [
    {
      type: 'object',
      properties: {
        protocol: { const: 'vless' },
        settings: { type: 'object', properties: { flow: { type: 'string' } } },
        streamSettings: { $ref: '#/definitions/stream' },
      },
      required: ['settings'],
    },
    {
      type: 'object',
      properties: {
        protocol: { const: 'shadowsocks' },
        settings: { type: 'object', properties: { password: { type: 'string' } } },
      },
    },
  ],
  definitions: { stream: STREAM, security: { type: 'string', enum: ['none', 'tls'] } },
};

/** The labels that are proposed where the text has a bar. */
function proposed(text: string): string[] {
  const pos = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', ''), extensions: [json()] });
  const result = completeJson(SCHEMA)(new CompletionContext(state, pos, true));
  return result?.options.map(({ label }) => label) ?? [];
}

it.each([
  ['{ | }', ['"protocol"', '"settings"', '"streamSettings"']],
  ['{ "protocol": "vless", | }', ['"settings"', '"streamSettings"']],
  ['{ "protocol": "shadowsocks", "settings": { | } }', ['"password"']],
  ['{ "protocol": "vless", "settings": { | } }', ['"flow"']],
  ['{ "protocol": "vless", "streamSettings": { "network": "ws", "s| } }', ['"security"', '"alpn"', '"show"']],
])('proposes the keys that are missing in %s', (text, labels) => {
  expect(proposed(text)).toEqual(labels);
});

it.each([
  ['{ "protocol": | }', ['"vless"', '"shadowsocks"']],
  ['{ "protocol": "vless", "streamSettings": { "network": "|" } }', ['"raw"', '"ws"']],
  ['{ "protocol": "vless", "streamSettings": { "security": | } }', ['"none"', '"tls"']],
  ['{ "protocol": "vless", "streamSettings": { "show": | } }', ['true', 'false']],
  ['{ "protocol": "vless", "streamSettings": { "alpn": [|] } }', ['"h2"', '"http/1.1"']],
])('proposes the values that are known at %s', (text, labels) => {
  expect(proposed(text)).toEqual(labels);
});
