import type { NodeSpec } from '../fleet/create-nodes.js';
import type { PanelApi } from '../support/panel-api.js';
import { buildProxy, createGroup, createProxy, createUsers, disableUsers } from '../support/service.js';
import { customers } from './customers.js';

const CUSTOMERS = 180;
/** Every so many-th does not pay. */
const DISABLED_EVERY = 23;

interface DemoGroup {
  name: string;
  description: string;
  region?: string;
  has(tags: ReadonlyMap<string, string>): boolean;
}

const inRegion =
  (...regions: string[]): DemoGroup['has'] =>
  (tags) =>
    regions.includes(tags.get('region') ?? '');

const GROUPS: DemoGroup[] = [
  { name: 'europe', description: 'From Lisbon to Istanbul', region: 'Europe', has: inRegion('eu') },
  { name: 'americas', description: 'North and South America', region: 'Americas', has: inRegion('na', 'sa') },
  { name: 'asia-pacific', description: 'Asia and Oceania', region: 'Asia-Pacific', has: inRegion('asia', 'oceania') },
  { name: 'middle-east-africa', description: 'Few nodes, long ways', has: inRegion('me', 'africa') },
  { name: 'premium', description: 'Faster machines, fewer users', has: (tags) => tags.get('tier') === 'premium' },
];

/** Templates of the panel, by what operators would call them, and the groups that they are for; none are all nodes. */
const PROXIES: { name: string; template: string; groups: string[]; enabled?: boolean }[] = [
  { name: 'reality-443', template: 'VLESS_REALITY_VISION', groups: [] },
  { name: 'cdn-websocket', template: 'VLESS_WS_TLS', groups: ['europe', 'americas'] },
  { name: 'shadowsocks-2022', template: 'SHADOWSOCKS_2022_128', groups: ['asia-pacific', 'middle-east-africa'] },
  { name: 'trojan-premium', template: 'TROJAN_TLS', groups: ['premium'] },
  { name: 'vmess-old-phones', template: 'VMESS_WS_TLS', groups: ['americas'], enabled: false },
];

/** What the demo's nodes are there for: groups by region, proxies on them and customers. */
export class DemoService {
  private constructor(
    private readonly api: PanelApi,
    private readonly groupIds: ReadonlyMap<string, string>,
  ) {}

  static async createGroups(api: PanelApi): Promise<DemoService> {
    const groupIds = new Map<string, string>();
    for (const { has: _has, ...input } of GROUPS) groupIds.set(input.name, await createGroup(api, input));
    return new DemoService(api, groupIds);
  }

  /** The node in its groups. */
  grouped(spec: NodeSpec): NodeSpec {
    const tags = new Map(spec.tags.map(({ key, value }) => [key, value]));
    return { ...spec, groupIds: this.idsOf(GROUPS.filter(({ has }) => has(tags)).map(({ name }) => name)) };
  }

  async createCustomers(): Promise<void> {
    const wanted = customers({ count: CUSTOMERS, groupIds: [...this.groupIds.values()], now: Date.now() });
    const ids = await createUsers(this.api, wanted);
    await disableUsers(
      this.api,
      ids.filter((_, index) => index % DISABLED_EVERY === DISABLED_EVERY - 1),
    );
  }

  async createProxies(): Promise<void> {
    for (const { template, groups, ...proxy } of PROXIES) {
      const built = await buildProxy(this.api, { template });
      await createProxy(this.api, { ...proxy, ...built, targetGroupIds: this.idsOf(groups) });
    }
  }

  private idsOf(names: readonly string[]): string[] {
    return names.flatMap((name) => this.groupIds.get(name) ?? []);
  }
}
