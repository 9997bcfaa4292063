import type { PanelApi } from './panel-api.js';

// What nodes serve: groups, proxies and users, made by the public API.

export type Inbound = Record<string, unknown> & {
  settings: Record<string, unknown>;
  streamSettings?: Record<string, Record<string, unknown>>;
};

export interface BuiltProxy {
  protocol: string;
  port: number;
  inbound: Inbound;
}

export interface UserInput {
  username: string;
  groupIds: string[];
  note?: string;
  dataLimit?: number;
  expiresAt?: Date;
  uuid?: string;
  password?: string;
}

export interface ProxyInput extends BuiltProxy {
  name: string;
  targetGroupIds?: string[];
  enabled?: boolean;
}

export async function createGroup(
  api: PanelApi,
  input: { name: string; description?: string; region?: string },
): Promise<string> {
  const { createNodeGroup } = await api.gql<{ createNodeGroup: { group: { id: string } } }>(
    'mutation ($input: CreateNodeGroupInput!) { createNodeGroup(input: $input) { group { id } } }',
    { input },
  );
  return createNodeGroup.group.id;
}

export async function buildProxy(
  api: PanelApi,
  input: { template: string; port?: number; serverName?: string },
): Promise<BuiltProxy> {
  const { buildProxy: built } = await api.gql<{ buildProxy: BuiltProxy }>(
    'mutation ($input: BuildProxyInput!) { buildProxy(input: $input) { protocol port inbound } }',
    { input },
  );
  return built;
}

export async function createProxy(api: PanelApi, input: ProxyInput): Promise<string> {
  const { createProxy: created } = await api.gql<{ createProxy: { proxy: { id: string } } }>(
    'mutation ($input: CreateProxyInput!) { createProxy(input: $input) { proxy { id } } }',
    { input },
  );
  return created.proxy.id;
}

export async function updateProxy(api: PanelApi, input: { id: string; inbound: Inbound }): Promise<void> {
  await api.gql('mutation ($input: UpdateProxyInput!) { updateProxy(input: $input) { affectedNodes } }', { input });
}

export async function createUser(api: PanelApi, input: UserInput): Promise<string> {
  const { createUser: created } = await api.gql<{ createUser: { user: { id: string } } }>(
    'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
    { input },
  );
  return created.user.id;
}

/** At most 10,000, in the order of the input. */
export async function createUsers(api: PanelApi, input: UserInput[]): Promise<string[]> {
  const { createUsers: created } = await api.gql<{ createUsers: { users: { id: string }[] } }>(
    'mutation ($input: [CreateUserInput!]!) { createUsers(input: $input) { users { id } } }',
    { input },
  );
  return created.users.map(({ id }) => id);
}

export async function disableUsers(api: PanelApi, userIds: string[]): Promise<void> {
  const input = { userIds, status: 'DISABLED' };
  await api.gql('mutation ($input: SetUserStatusInput!) { setUserStatus(input: $input) { __typename } }', { input });
}

export async function deleteUsers(api: PanelApi, ids: string[]): Promise<void> {
  await api.gql('mutation ($ids: [ID!]!) { deleteUsers(ids: $ids) { __typename } }', { ids });
}

/** Whether every connected and every other node of its groups has answered that it knows the newest of this user. */
export async function isKnownEverywhere(api: PanelApi, userId: string): Promise<boolean> {
  const { user } = await api.gql<{ user: { pendingNodes: object[] } }>(
    'query ($id: ID!) { user(id: $id) { pendingNodes { id } } }',
    { id: userId },
  );
  return user.pendingNodes.length === 0;
}
