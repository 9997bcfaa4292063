/** A configuration of Xray, as far as the agent looks into it. */
export interface XrayConfig {
  log?: Record<string, unknown>;
  policy?: { levels?: Record<string, Record<string, unknown>>; system?: Record<string, unknown> };
  routing?: Record<string, unknown>;
  [section: string]: unknown;
}

/** Serves nobody yet, but runs: its API answers and it can be given inbounds. */
export const MINIMAL_CONFIG: XrayConfig = {
  inbounds: [],
  outbounds: [
    { tag: 'direct', protocol: 'freedom' },
    { tag: 'block', protocol: 'blackhole' },
  ],
};

/** The file must be strict JSON: the agent has to put its own sections in. */
export function parseConfig(text: string): XrayConfig {
  const config: unknown = JSON.parse(text);
  if (typeof config !== 'object' || config === null || Array.isArray(config))
    throw new Error('it is not a JSON object');
  return config as XrayConfig;
}

/**
 * The configuration as Xray is started with it: the API, statistics and log belong to the agent, whatever the file says.
 * Without `stats` and a policy for level 0 nothing is counted; without `routing` the API accepts no rules.
 */
export function withAgentSections(config: XrayConfig, apiSocket: string): XrayConfig {
  const { levels = {}, system = {} } = config.policy ?? {};
  const userStats = { statsUserUplink: true, statsUserDownlink: true, statsUserOnline: true };
  const systemStats = {
    statsInboundUplink: true,
    statsInboundDownlink: true,
    statsOutboundUplink: true,
    statsOutboundDownlink: true,
  };
  return {
    ...config,
    // An access log would be a record of what users do. Everything else goes to standard output, which is a file.
    log: { loglevel: 'warning', ...config.log, access: 'none', error: '' },
    stats: {},
    api: {
      tag: 'api',
      listen: `${apiSocket},0600`,
      services: ['HandlerService', 'StatsService', 'LoggerService', 'RoutingService'],
    },
    policy: { levels: { ...levels, '0': { ...levels['0'], ...userStats } }, system: { ...system, ...systemStats } },
    routing: config.routing ?? {},
  };
}
