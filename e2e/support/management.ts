import type { Api } from './api.js';
import { waitFor } from './processes.js';

export interface SyncView {
  state: string;
  desiredRevision: string | null;
  appliedRevision: string | null;
  attempts: number;
  lastError: string | null;
}

export interface UserView {
  id: string;
  subscriptionUrl: string;
}

/** What an administrator does with groups, proxies and users, through the public API. */
export class Management {
  constructor(private readonly api: Api) {}

  async createGroup(name: string, nodeIds: string[]): Promise<string> {
    const { createNodeGroup } = await this.api.ask<{ createNodeGroup: { group: { id: string } } }>(
      'mutation($input: CreateNodeGroupInput!) { createNodeGroup(input: $input) { group { id } } }',
      { input: { name, nodeIds } },
    );
    return createNodeGroup.group.id;
  }

  /** An inbound as the guided form makes it. */
  async buildInbound(template: string, options: object = {}): Promise<BuiltInbound> {
    const { buildProxy } = await this.api.ask<{ buildProxy: BuiltInbound }>(
      'mutation($input: BuildProxyInput!) { buildProxy(input: $input) { protocol port inbound } }',
      { input: { template, ...options } },
    );
    return buildProxy;
  }

  async createProxy(name: string, { protocol, port, inbound }: BuiltInbound, more: object = {}): Promise<string> {
    const { createProxy } = await this.api.ask<{ createProxy: { proxy: { id: string } } }>(
      'mutation($input: CreateProxyInput!) { createProxy(input: $input) { proxy { id } } }',
      { input: { name, protocol, port, inbound, ...more } },
    );
    return createProxy.proxy.id;
  }

  updateProxy(input: { id: string } & Record<string, unknown>): Promise<unknown> {
    return this.api.ask('mutation($input: UpdateProxyInput!) { updateProxy(input: $input) { affectedNodes } }', {
      input,
    });
  }

  deleteProxy(id: string): Promise<unknown> {
    return this.api.ask('mutation($id: ID!) { deleteProxy(id: $id) { deletedId } }', { id });
  }

  async createUser(username: string, groupIds: string[]): Promise<UserView> {
    const { createUser } = await this.api.ask<{ createUser: { user: UserView } }>(
      'mutation($input: CreateUserInput!) { createUser(input: $input) { user { id subscriptionUrl } } }',
      { input: { username, groupIds } },
    );
    return createUser.user;
  }

  async createUsers(prefix: string, count: number, groupIds: string[]): Promise<string[]> {
    const input = Array.from({ length: count }, (_none, index) => ({ username: `${prefix}-${index}`, groupIds }));
    const { createUsers } = await this.api.ask<{ createUsers: { users: { id: string }[] } }>(
      'mutation($input: [CreateUserInput!]!) { createUsers(input: $input) { users { id } } }',
      { input },
    );
    return createUsers.users.map(({ id }) => id);
  }

  deleteUsers(ids: string[]): Promise<unknown> {
    return this.api.ask('mutation($ids: [ID!]!) { deleteUsers(ids: $ids) { deletedIds } }', { ids });
  }

  async sync(nodeId: string): Promise<SyncView> {
    const { node } = await this.api.ask<{ node: { sync: SyncView } }>(
      'query($id: ID!) { node(id: $id) { sync { state desiredRevision appliedRevision attempts lastError } } }',
      { id: nodeId },
    );
    return node.sync;
  }

  /** The node runs what the panel wants at this moment. */
  inSync(nodeId: string, patienceMs?: number): Promise<SyncView> {
    let newest: SyncView | undefined;
    return waitFor(
      `node ${nodeId} to be in sync`,
      async () => {
        newest = await this.sync(nodeId);
        if (newest.state === 'IN_SYNC') return newest;
        throw new Error(JSON.stringify(newest));
      },
      patienceMs,
    );
  }
}

export interface BuiltInbound {
  protocol: string;
  port: number;
  inbound: Record<string, unknown>;
}
