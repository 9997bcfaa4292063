import { Client, Metadata, credentials, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import type { Clock } from '../clock.js';
import type { Account } from '../configuration/account.js';
import { accountMessage, decode, encode } from './messages.js';
import type { TypedMessage } from './messages.js';

export const DEADLINE_MS = 2_000;
/** Xray builds the handler in the call, with all of its users. */
const INBOUND_DEADLINE_MS = 10_000;
const STATS = '/xray.app.stats.command.StatsService';
const HANDLERS = '/xray.app.proxyman.command.HandlerService';
const ROUTING = '/xray.app.router.command.RoutingService';

export interface LiveUser {
  email: string;
  account: TypedMessage;
}

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

  /** How long it takes to answer a question that costs it nothing. */
  async latencyMs(clock: Clock): Promise<number> {
    const beginMs = clock.monotonicMs();
    await this.call(`${STATS}/GetSysStats`, 'SysStats');
    return clock.monotonicMs() - beginMs;
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

  /** Where the open connections of an account come from; loopback addresses are not among them. */
  async addressesOf(email: string): Promise<string[]> {
    try {
      const request = encode('StatsRequest', { name: `user>>>${email}>>>online` });
      const path = `${STATS}/GetStatsOnlineIpList`;
      const { ips } = await this.call<{ ips: { ip: string }[] }>(path, 'IpList', request);
      return ips.map(({ ip }) => ip);
    } catch (error) {
      if ((error as ServiceError).code === status.NOT_FOUND || isUnknown(error)) return [];
      throw error;
    }
  }

  async addUser(tag: string, email: string, account: Account): Promise<void> {
    const user = { level: 0, email, account: accountMessage(account) };
    await this.alter(tag, 'AddUserOperation', { user });
  }

  async removeUser(tag: string, email: string): Promise<void> {
    await this.alter(tag, 'RemoveUserOperation', { email });
  }

  async users(tag: string, email = ''): Promise<LiveUser[]> {
    const request = encode('InboundUserRequest', { tag, email });
    const { users } = await this.call<{ users: LiveUser[] }>(`${HANDLERS}/GetInboundUsers`, 'InboundUsers', request);
    return users.filter((user) => user.email !== ''); // an unknown e-mail is answered with one empty user
  }

  async countUsers(tag: string): Promise<number> {
    const request = encode('InboundUserRequest', { tag });
    const path = `${HANDLERS}/GetInboundUsersCount`;
    return (await this.call<{ count: number }>(path, 'InboundUsersCount', request)).count;
  }

  /** `inbound` as `xray convert pb` has made it. */
  async addInbound(inbound: Uint8Array): Promise<void> {
    const request = encode('AddInboundRequest', { inbound });
    await this.call(`${HANDLERS}/AddInbound`, 'Empty', request, INBOUND_DEADLINE_MS);
  }

  async removeInbound(tag: string): Promise<void> {
    const request = encode('RemoveInboundRequest', { tag });
    await this.call(`${HANDLERS}/RemoveInbound`, 'Empty', request, INBOUND_DEADLINE_MS);
  }

  /** All rules and balancers at once; Xray could only append single ones, behind a rule that catches all. */
  async replaceRouting(config: TypedMessage): Promise<void> {
    await this.call(`${ROUTING}/AddRule`, 'Empty', encode('AddRuleRequest', { config, append: false }));
  }

  close(): void {
    this.client.close();
  }

  private async alter(tag: string, operation: string, fields: object): Promise<void> {
    const message = { type: `xray.app.proxyman.command.${operation}`, value: encode(operation, fields) };
    await this.call(`${HANDLERS}/AlterInbound`, 'Empty', encode('AlterInboundRequest', { tag, operation: message }));
  }

  private call<Answer>(
    path: string,
    answerType: string,
    request: Buffer = Buffer.alloc(0),
    deadlineMs = DEADLINE_MS,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.client.makeUnaryRequest(
        path,
        (bytes: Buffer) => bytes,
        (bytes: Buffer) => decode(answerType, bytes),
        request,
        new Metadata(),
        { deadline: Date.now() + deadlineMs },
        (error, answer) => (error ? reject(error) : resolve(answer as Answer)),
      );
    });
  }
}

/** The account is not there: nothing to remove, nothing to count. */
export function isUnknown(error: unknown): boolean {
  return detailsOf(error).includes('not found.');
}

export function isKnownAlready(error: unknown): boolean {
  return detailsOf(error).includes('already exists.');
}

/** Xray's own words, without the envelope of gRPC. */
export function detailsOf(error: unknown): string {
  if (error instanceof Error && 'details' in error && typeof error.details === 'string') return error.details;
  return error instanceof Error ? error.message : String(error);
}
