import { randomUUID, randomBytes } from 'node:crypto';
import type { NodeUser } from '../fleet/node-configuration.js';
import { freePort } from '../support/free-port.js';
import type { PanelApi } from '../support/panel-api.js';
import { buildProxy, createGroup, createProxy, createUsers, type BuiltProxy } from '../support/service.js';

/** What is served on every node. */
export interface Service {
  groupId: string;
  /** The proxy that is edited: VLESS over WebSocket. */
  edited: { id: string; inbound: BuiltProxy['inbound'] };
  /** One of the users, for connections that stay open. */
  user: NodeUser;
}

interface Wanted {
  users: number;
  /** host:port that REALITY borrows its handshakes from. */
  borrowed: string;
}

export const newCredentials = () => ({ uuid: randomUUID(), password: randomBytes(16).toString('base64url') });

/** Three proxies and so many users in one group. */
export async function createService(api: PanelApi, { users, borrowed }: Wanted): Promise<Service> {
  // The benchmark's connections end on this machine.
  await api.gql('mutation { updateSettings(input: { allowPrivateTargets: true }) { __typename } }');
  const groupId = await createGroup(api, { name: 'all' });
  const targetGroupIds = [groupId];
  const built = async (template: string) => buildProxy(api, { template, port: await freePort() });

  const reality = await built('VLESS_REALITY_VISION');
  Object.assign(reality.inbound.streamSettings?.['realitySettings'] ?? {}, { target: borrowed });
  await createProxy(api, { name: 'reality', ...reality, targetGroupIds });
  const websocket = await built('VLESS_WS_TLS');
  const editedId = await createProxy(api, { name: 'websocket', ...websocket, targetGroupIds });
  await createProxy(api, { name: 'shadowsocks', ...(await built('SHADOWSOCKS_2022_128')), targetGroupIds });

  const credentials = newCredentials();
  const inputs = Array.from({ length: users }, (_, index) => ({
    username: `user-${index}`,
    groupIds: [groupId],
    ...(index === 0 && credentials),
  }));
  const [id = ''] = await createUsers(api, inputs);
  return { groupId, edited: { id: editedId, inbound: websocket.inbound }, user: { id, ...credentials } };
}
