import { clientsText } from './account.js';
import type { Inbound, Section } from './document.js';
import type { NodeConfig } from './node-config.js';
import type { User } from './users.js';

/**
 * The configuration for Xray, the same text for the same configuration. The users are most of it, so they are written as
 * text at once: making objects of them first would cost the memory and the time of all of them at each change of one.
 */
export function render(config: NodeConfig, base: Section = config.base): string {
  const inbounds = config.inbounds.map((inbound) => renderInbound(inbound, config.users.list));
  const rest = JSON.stringify(base).slice(1);
  return `{"inbounds":[${inbounds.join(',')}]${rest === '}' ? '' : ','}${rest}`;
}

export function renderInbound(inbound: Inbound, users: readonly User[]): string {
  const outside = Object.fromEntries(Object.entries(inbound).filter(([name]) => name !== 'settings'));
  const rest = JSON.stringify(settingsForXray(inbound)).slice(1);
  const clients = `{"clients":[${clientsText(inbound, users)}]${rest === '}' ? '' : ','}${rest}`;
  return `${JSON.stringify(outside).slice(0, -1)},"settings":${clients}}`;
}

/** The flow of a VLESS inbound is the panel's: Xray wants it with each user. */
function settingsForXray({ protocol, settings = {} }: Inbound): Section {
  if (protocol !== 'vless') return settings;
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'flow'));
}
