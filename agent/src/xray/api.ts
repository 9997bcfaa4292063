import { Client, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import protobuf from 'protobufjs/light.js';

const DEADLINE_MS = 2_000;
const STATS = '/xray.app.stats.command.StatsService';

/** Only the fields that are read; on the wire a message is known by its numbers, not by its names. */
const messages = protobuf.Root.fromJSON({
  nested: {
    Empty: { fields: {} },
    SysStats: { fields: { uptime: { type: 'uint32', id: 10 } } },
    OnlineUsers: { fields: { users: { rule: 'repeated', type: 'string', id: 1 } } },
  },
});

/** Xray's gRPC API on a unix socket of the agent; one object per start of Xray. */
export class XrayApi {
  private readonly client: Client;

  constructor(socketPath: string) {
    this.client = new Client(`unix:${socketPath}`, credentials.createInsecure(), {
      // Xray limits what it sends nowhere. Keepalive stays off: it answers frequent pings by closing the connection.
      'grpc.max_receive_message_length': -1,
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 1_000,
    });
  }

  async uptimeSeconds(): Promise<number> {
    const { uptime } = await this.call<{ uptime: number }>(`${STATS}/GetSysStats`, 'SysStats');
    return uptime;
  }

  /** Users with an open connection. Before 26.1.13 Xray cannot tell; that counts as none. */
  async onlineUsers(): Promise<number> {
    try {
      const { users } = await this.call<{ users: string[] }>(`${STATS}/GetAllOnlineUsers`, 'OnlineUsers');
      return users.length;
    } catch (error) {
      if ((error as ServiceError).code === status.UNIMPLEMENTED) return 0;
      throw error;
    }
  }

  close(): void {
    this.client.close();
  }

  private call<Answer>(path: string, answerType: string): Promise<Answer> {
    const type = messages.lookupType(answerType);
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(
        path,
        () => Buffer.alloc(0), // the requests used here have no fields
        (bytes: Buffer) => type.toObject(type.decode(bytes), { defaults: true, arrays: true }) as Answer,
        {},
        { deadline: Date.now() + DEADLINE_MS },
        (error, answer) => (error ? reject(error) : resolve(answer as Answer)),
      );
    });
  }
}
