import protobuf from 'protobufjs/light.js';
import type { Account } from '../configuration/account.js';

/**
 * As much of Xray's protobuf as the agent speaks. On the wire a message is known by its numbers, so the names are free, and
 * what is only passed on is declared as bytes.
 */
const root = protobuf.Root.fromJSON({
  nested: {
    Empty: { fields: {} },
    TypedMessage: { fields: { type: string(1), value: bytes(2) } },
    SysStats: { fields: { uptime: { type: 'uint32', id: 10 } } },
    OnlineUsers: { fields: { users: { rule: 'repeated', ...string(1) } } },
    StatsRequest: { fields: { name: string(1) } },
    IpEntry: { fields: { ip: string(1) } }, // of a map, whose entries are messages
    IpList: { fields: { ips: { rule: 'repeated', type: 'IpEntry', id: 2 } } },
    User: { fields: { level: { type: 'uint32', id: 1 }, email: string(2), account: { type: 'TypedMessage', id: 3 } } },
    AddUserOperation: { fields: { user: { type: 'User', id: 1 } } },
    RemoveUserOperation: { fields: { email: string(1) } },
    AddInboundRequest: { fields: { inbound: bytes(1) } },
    RemoveInboundRequest: { fields: { tag: string(1) } },
    AlterInboundRequest: { fields: { tag: string(1), operation: { type: 'TypedMessage', id: 2 } } },
    InboundUserRequest: { fields: { tag: string(1), email: string(2) } },
    InboundUsers: { fields: { users: { rule: 'repeated', type: 'User', id: 1 } } },
    InboundUsersCount: { fields: { count: { type: 'int64', id: 1 } } },
    AddRuleRequest: { fields: { config: { type: 'TypedMessage', id: 1 }, append: { type: 'bool', id: 2 } } },
    InboundHandlerConfig: { fields: { tag: string(1) } },
    Config: {
      fields: { inbound: { rule: 'repeated', ...bytes(1) }, app: { rule: 'repeated', type: 'TypedMessage', id: 4 } },
    },
    VlessAccount: { fields: { id: string(1), flow: string(2) } },
    VmessSecurity: { fields: { type: { type: 'int32', id: 1 } } },
    VmessAccount: { fields: { id: string(1), security: { type: 'VmessSecurity', id: 3 } } },
    TrojanAccount: { fields: { password: string(1) } },
    ShadowsocksAccount: { fields: { key: string(1) } },
  },
});

function string(id: number) {
  return { type: 'string', id };
}

function bytes(id: number) {
  return { type: 'bytes', id };
}

export interface TypedMessage {
  type: string;
  value: Uint8Array;
}

export function encode(type: string, fields: object): Buffer {
  const message = root.lookupType(type);
  return Buffer.from(message.encode(message.fromObject(fields)).finish());
}

/** 64-bit numbers come as numbers: none of those read here is near 2^53. */
export function decode(type: string, data: Uint8Array): object {
  const message = root.lookupType(type);
  return message.toObject(message.decode(data), { defaults: true, arrays: true, longs: Number });
}

const VMESS_SECURITY_AUTO = 2;

/** As Xray makes them of the clients in a configuration. */
export function accountMessage(account: Account): TypedMessage {
  switch (account.protocol) {
    case 'vless': {
      const { id, flow } = account;
      return { type: 'xray.proxy.vless.Account', value: encode('VlessAccount', { id, flow }) };
    }
    case 'vmess': {
      const security = { type: VMESS_SECURITY_AUTO };
      return { type: 'xray.proxy.vmess.Account', value: encode('VmessAccount', { id: account.id, security }) };
    }
    case 'trojan':
      return { type: 'xray.proxy.trojan.Account', value: encode('TrojanAccount', { password: account.password }) };
    case 'shadowsocks':
      return { type: 'xray.proxy.shadowsocks_2022.Account', value: encode('ShadowsocksAccount', { key: account.key }) };
  }
}
