import type { ProxyProtocol, ProxyTemplate } from '../../graphql/gen/graphql';
import type { Security, Transport } from './inbound';

/** What a template asks for beside name and port. */
export type TemplateField = 'serverName' | 'path' | 'certificate' | 'keys' | 'shortIds' | 'password';

export interface TemplateFacts {
  template: ProxyTemplate;
  protocol: ProxyProtocol;
  transport?: Transport;
  security?: Security;
  vision?: boolean;
  recommended?: boolean;
}

export const TEMPLATES: readonly TemplateFacts[] = [
  {
    template: 'VLESS_REALITY_VISION',
    protocol: 'VLESS',
    transport: 'raw',
    security: 'reality',
    vision: true,
    recommended: true,
  },
  { template: 'VLESS_XHTTP_REALITY', protocol: 'VLESS', transport: 'xhttp', security: 'reality' },
  { template: 'VLESS_XHTTP_TLS', protocol: 'VLESS', transport: 'xhttp', security: 'tls' },
  { template: 'VLESS_WS_TLS', protocol: 'VLESS', transport: 'ws', security: 'tls' },
  { template: 'VLESS_TLS_VISION', protocol: 'VLESS', transport: 'raw', security: 'tls', vision: true },
  { template: 'TROJAN_TLS', protocol: 'TROJAN', transport: 'raw', security: 'tls' },
  { template: 'TROJAN_WS_TLS', protocol: 'TROJAN', transport: 'ws', security: 'tls' },
  { template: 'VMESS_WS_TLS', protocol: 'VMESS', transport: 'ws', security: 'tls' },
  { template: 'VMESS_WS', protocol: 'VMESS', transport: 'ws', security: 'none' },
  { template: 'SHADOWSOCKS_2022_256', protocol: 'SHADOWSOCKS' },
  { template: 'SHADOWSOCKS_2022_128', protocol: 'SHADOWSOCKS' },
];

export const PROTOCOLS: readonly ProxyProtocol[] = ['VLESS', 'TROJAN', 'VMESS', 'SHADOWSOCKS'];

/** Only what matters for this combination of protocol, transport and security. */
export function fieldsOf(traits: { transport?: Transport | undefined; security?: Security | undefined }) {
  const fields: TemplateField[] = [];
  const { transport, security } = traits;
  if (transport === undefined) fields.push('password');
  if (security === 'reality' || security === 'tls') fields.push('serverName');
  if (transport === 'ws' || transport === 'xhttp') fields.push('path');
  if (security === 'tls') fields.push('certificate');
  if (security === 'reality') fields.push('keys', 'shortIds');
  return fields;
}
