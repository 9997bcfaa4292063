import type { Inbound, NodeUser } from '../fleet/node-configuration.js';
import { freePort } from '../support/free-port.js';
import { outboundTo } from './accounts.js';
import { XrayProcess } from './xray-process.js';

/** A client app: an Xray that offers a port of SOCKS for each proxy of a node. */
export class Client {
  private constructor(
    private readonly xray: XrayProcess,
    /** Ports of SOCKS by the tag of the proxy. */
    readonly ways: ReadonlyMap<string, number>,
  ) {}

  static async start(
    { binary, dir }: { binary: string; dir: string },
    proxies: readonly Inbound[],
    user: NodeUser,
  ): Promise<Client> {
    const ways = new Map<string, number>();
    for (const { tag } of proxies) ways.set(tag, await freePort());
    const xray = new XrayProcess(binary, dir, `client-${user.id}`);
    xray.start({
      log: { loglevel: 'none' },
      inbounds: [...ways].map(([tag, port]) => ({ tag: `to-${tag}`, listen: '127.0.0.1', port, protocol: 'socks' })),
      outbounds: proxies.map((inbound) => outboundTo(inbound, user)),
      routing: { rules: [...ways.keys()].map((tag) => ({ inboundTag: [`to-${tag}`], outboundTag: tag })) },
    });
    await xray.untilListening([...ways.values()]);
    return new Client(xray, ways);
  }

  stop(): Promise<void> {
    return this.xray.stop();
  }
}
