import type { NodeConfig } from '../configuration/node-config.js';
import { listenersOf } from '../configuration/listeners.js';
import type { Listener } from '../configuration/listeners.js';
import { render } from '../configuration/render.js';
import { parseConfig, withAgentSections } from './config.js';

/** A configuration that Xray can be started with. */
export interface XrayStart {
  /** SHA-256 of its config.json. */
  readonly fingerprint: string;
  /** What the panel has given; undefined when config.json is somebody else's work. */
  readonly config: NodeConfig | undefined;
  /** With the agent's own sections when there is a socket for the API. Throws when the text is no JSON object. */
  render(apiSocket?: string): string;
  listeners(): Listener[];
}

export function startOf(config: NodeConfig, fingerprint: string): XrayStart {
  return {
    fingerprint,
    config,
    render: (apiSocket) =>
      apiSocket === undefined ? render(config) : render(config, withAgentSections(config.base, apiSocket)),
    listeners: () => config.inbounds.flatMap((inbound) => listenersOf(inbound)),
  };
}

export function startOfText(text: string, fingerprint: string): XrayStart {
  return {
    fingerprint,
    config: undefined,
    render: (apiSocket) =>
      apiSocket === undefined ? text : JSON.stringify(withAgentSections(parseConfig(text), apiSocket)),
    listeners: () => listenersIn(parseConfig(text)['inbounds']),
  };
}

/** Of an inbound that the agent knows nothing about it is only certain that its port is not free. */
function listenersIn(inbounds: unknown): Listener[] {
  const ports = (Array.isArray(inbounds) ? inbounds : []).map((inbound: { port?: unknown }) => Number(inbound?.port));
  return ports.flatMap((port) => (['tcp', 'udp'] as const).map((transport) => ({ transport, host: '', port })));
}
