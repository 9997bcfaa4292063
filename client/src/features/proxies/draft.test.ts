import { describe, expect, it } from 'vitest';
import {
  type Draft,
  EVERYWHERE,
  hasTargets,
  portOf,
  textOf,
  toCreateInput,
  toUpdateInput,
  withPort,
  withText,
} from './draft';
import { MASK, templateOf, traitsOf, withFreshSecrets, withValue } from './inbound';
import { fieldsOf, TEMPLATES } from './templates';

const DRAFT: Draft = {
  name: ' Main ',
  port: '443',
  protocol: 'VLESS',
  enabled: true,
  targets: EVERYWHERE,
  inbound: { port: 443, protocol: 'vless', streamSettings: { network: 'raw', security: 'reality' } },
};
const GROUP = { id: 'g1', name: 'europe' };
const NODE = { id: 'n1', name: 'fra-01' };

describe('the draft of a proxy', () => {
  it('[R7.2] is sent with the groups and nodes that were chosen, or with none for everywhere', () => {
    const targets = { everywhere: false, groups: [GROUP], nodes: [NODE] };
    expect(toCreateInput({ ...DRAFT, targets })).toMatchObject({
      name: 'Main',
      port: 443,
      targetGroupIds: ['g1'],
      targetNodeIds: ['n1'],
    });
    const everywhere = { ...targets, everywhere: true };
    expect(toCreateInput({ ...DRAFT, targets: everywhere })).toMatchObject({ targetGroupIds: [], targetNodeIds: [] });
  });

  it('[R7.2] needs a target unless it is for everywhere, since no target at all means every node', () => {
    expect(hasTargets({ everywhere: false, groups: [], nodes: [] })).toBe(false);
    expect(hasTargets({ everywhere: false, groups: [GROUP], nodes: [] })).toBe(true);
    expect(hasTargets(EVERYWHERE)).toBe(true);
  });

  it('sends of a change only what is different', () => {
    const stored = { ...DRAFT, name: 'Main' };
    expect(toUpdateInput('p1', stored, DRAFT)).toBeUndefined();
    expect(toUpdateInput('p1', stored, { ...stored, enabled: false })).toEqual({ id: 'p1', enabled: false });
    const targets = { everywhere: false, groups: [GROUP], nodes: [] };
    expect(toUpdateInput('p1', stored, { ...stored, targets })).toEqual({
      id: 'p1',
      targetGroupIds: ['g1'],
      targetNodeIds: [],
    });
    const inbound = withValue(stored.inbound, 'streamSettings.security', 'none');
    expect(toUpdateInput('p1', stored, { ...stored, inbound })).toEqual({ id: 'p1', inbound });
  });

  it('keeps the port of the form and the one in the JSON the same', () => {
    expect(withPort(DRAFT, '8443').inbound).toMatchObject({ port: 8443 });
    expect(withPort(DRAFT, '84x').inbound).toMatchObject({ port: 443 });
    expect(withText(DRAFT, '{ "port": 2053, "protocol": "trojan" }')).toMatchObject({
      port: '2053',
      protocol: 'TROJAN',
    });
    expect(withText(DRAFT, '{ "protocol": "trojan" }', true).protocol).toBe('VLESS');
  });

  it('keeps what was written while it is no JSON, and the last inbound beside it', () => {
    const broken = withText(DRAFT, '{ "port": ');
    expect(broken.inbound).toBe(DRAFT.inbound);
    expect(textOf(broken)).toBe('{ "port": ');
    expect(textOf(withText(broken, '{"port":1}'))).toBe('{\n  "port": 1\n}');
  });

  it('takes ports from 1 to 65535, also in Persian digits', () => {
    expect(['0', '65536', '1.5', '', 'x'].map(portOf)).toEqual(Array(5).fill(undefined));
    expect(portOf('۴۴۳')).toBe(443);
  });
});

describe('templates', () => {
  it('ask only for what matters to them', () => {
    expect(fieldsOf({ transport: 'raw', security: 'reality' })).toEqual(['serverName', 'keys', 'shortIds']);
    expect(fieldsOf({ transport: 'ws', security: 'tls' })).toEqual(['serverName', 'path', 'certificate']);
    expect(fieldsOf({ transport: 'ws', security: 'none' })).toEqual(['path']);
    expect(fieldsOf({})).toEqual(['password']);
  });

  it.each(TEMPLATES.map((facts) => [facts.template, facts] as const))(
    'recognises an inbound made from %s',
    (template, { protocol, transport, security, vision }) => {
      const inbound = {
        settings: {
          flow: vision ? 'xtls-rprx-vision' : '',
          method: `2022-blake3-aes-${template.endsWith('128') ? '128' : '256'}-gcm`,
        },
        streamSettings: { network: transport ?? '', security: security ?? '' },
      };
      expect(templateOf(traitsOf(inbound, protocol))).toBe(template);
    },
  );

  it('give a copy new keys where the original has masks', () => {
    const made = { streamSettings: { realitySettings: { privateKey: 'fresh', shortIds: ['aa'] } } };
    const copy = { streamSettings: { realitySettings: { privateKey: MASK, shortIds: ['bb'] } } };
    expect(withFreshSecrets(copy, made)).toEqual({
      streamSettings: { realitySettings: { privateKey: 'fresh', shortIds: ['bb'] } },
    });
  });
});
