export { shadowsocksKey, type Credentials } from './accounts.js';
export { factsOf } from './certificate-facts.js';
export type { Inbound } from './inbound.schema.js';
export { maskInbound } from './inbound.secrets.js';
export { ProxyResolver } from './proxy.resolver.js';
export { ProxyService, proxyTargetsLoader } from './proxy.service.js';
export { DeletePayload, Proxy } from './proxy.types.js';
export { realityPublicKey } from './reality-keys.js';
export { transports as transportsOf } from './inbound.validation.js';
