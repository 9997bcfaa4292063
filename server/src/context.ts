import type { AgentRequest } from './domains/agents/index.js';
import type { Principal } from './domains/access/index.js';
import type { Loaders } from './loaders.js';
import type { Services } from './services.js';
import type { StreamPart } from './platform/graphql/stream.js';

/** What a resolver is given besides its arguments. */
export interface Context {
  /** Who calls; undefined for a caller who has shown nothing. A registering agent is exchanged for its node. */
  principal: Principal | undefined;
  /** For refresh cookies; absent on a WebSocket. */
  cookies: CookieJar | undefined;
  remoteAddress: string;
  loaders: Loaders;
  services: Services;
  /** Which part of a subscription's stream this execution wants. */
  streamPart: StreamPart;
  /** The agent's connection, on the agent listener. */
  agent: AgentRequest | undefined;
}

export interface CookieJar {
  get(name: string): string | undefined;
  set(name: string, value: string, expires: Date): void;
  clear(name: string): void;
}
