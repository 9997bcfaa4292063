import { randomBytes } from 'node:crypto';
import { ConfigAgent } from './config-agent.js';
import type { TestPanel } from './panel.js';
import { until } from './until.js';

type Input = Record<string, unknown>;

const CREATE_GROUP = `mutation ($input: CreateNodeGroupInput!) { createNodeGroup(input: $input) { group { id } } }`;
const CREATE_USER = `mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }`;
const CREATE_PROXY = `mutation ($input: CreateProxyInput!) { createProxy(input: $input) { proxy { id } } }`;

/** The smallest inbound that there is, with a key of its own. */
export const shadowsocks = (): Input => ({
  settings: { method: '2022-blake3-aes-128-gcm', password: randomBytes(16).toString('base64') },
});

/** Makes what a test needs through the public API, under names that nothing else has. */
export class Fleet {
  private counter = 0;

  constructor(private readonly panel: TestPanel) {}

  unique(what: string): string {
    this.counter += 1;
    return `${what}-${this.counter}`;
  }

  /** Different from all that were handed out before. */
  port(): number {
    this.counter += 1;
    return 20_000 + this.counter;
  }

  async node(input: Input = {}): Promise<string> {
    return (await this.panel.createNode({ name: this.unique('node'), ...input })).nodeId;
  }

  async group(input: Input = {}): Promise<string> {
    const { createNodeGroup } = await this.panel.data<{ createNodeGroup: { group: { id: string } } }>(CREATE_GROUP, {
      input: { name: this.unique('group'), ...input },
    });
    return createNodeGroup.group.id;
  }

  async user(groupIds: string[] = [], input: Input = {}): Promise<string> {
    const { createUser } = await this.panel.data<{ createUser: { user: { id: string } } }>(CREATE_USER, {
      input: { username: this.unique('user'), groupIds, ...input },
    });
    return createUser.user.id;
  }

  /** Shadowsocks on a port of its own, unless said otherwise. */
  async proxy(input: Input = {}): Promise<string> {
    const { createProxy } = await this.panel.data<{ createProxy: { proxy: { id: string } } }>(CREATE_PROXY, {
      input: {
        name: this.unique('proxy'),
        protocol: 'SHADOWSOCKS',
        port: this.port(),
        inbound: shadowsocks(),
        ...input,
      },
    });
    return createProxy.proxy.id;
  }

  /** A node whose agent takes configurations. */
  async agent(groupIds: string[] = []): Promise<ConfigAgent> {
    const agent = new ConfigAgent(await this.panel.joinAgent(this.unique('agent'), { groupIds }));
    agent.listen();
    return agent;
  }

  /** When the node runs what the panel wants, and both know it. */
  async inStep(agent: ConfigAgent): Promise<void> {
    await until('a node in step', async () => {
      const { node } = await this.panel.data<{ node: { sync: { state: string; appliedRevision: string | null } } }>(
        'query ($id: ID!) { node(id: $id) { sync { state appliedRevision } } }',
        { id: agent.nodeId },
      );
      return node.sync.state === 'IN_SYNC' && node.sync.appliedRevision === agent.revision;
    });
  }
}
