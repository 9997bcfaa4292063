import { maskInbound, type Inbound } from '../proxies/index.js';
import type { DesiredConfigs } from './desired-configs.js';

/** Configurations as administrators may see them. */
export class ConfigViews {
  constructor(private readonly configs: DesiredConfigs) {}

  /** Null for a node that does not exist. */
  masked(nodeId: string): Promise<unknown> {
    return this.configs.at(async (snapshot) => {
      const wanted = (await snapshot.desired([nodeId])).get(nodeId);
      if (!wanted) return null;
      const { base, inbounds, revision } = wanted.config;
      const users = await snapshot.countOf(wanted.groupIds);
      return {
        revision,
        ...base,
        inbounds: inbounds.map(({ tag, ...inbound }) => ({ tag, ...(maskInbound(inbound as Inbound) as object) })),
        users,
      };
    });
  }
}
