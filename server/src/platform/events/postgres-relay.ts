import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../log.js';
import type { EventBus, Relay, Topic } from './bus.js';
import type { NodeSample, Topics } from './topics.js';

const CHANNEL = 'vpanel_events';
/** NOTIFY refuses payloads of 8,000 bytes and more. */
const LONGEST_PAYLOAD_BYTES = 7_900;
/** A transaction with NOTIFY takes a lock of the whole cluster: few of them, each with many events. */
const GATHER_MS = 15;
const LONGEST_QUEUE = 10_000;
const RECONNECT_MS = 500;
/** For all of a payload but its values. */
const ENVELOPE_BYTES = 300;

type Envelope = [panelId: string, topic: Topic, event: unknown];

/**
 * Events between the panels of a cluster by LISTEN/NOTIFY, on two connections of its own. At most once: a listener that
 * reconnects has missed what came meanwhile, so `onGap` tells those who must look again.
 */
export class PostgresRelay implements Relay {
  private queue: string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private sender: pg.Client | undefined;
  private listener: pg.Client | undefined;
  private stopped = false;
  /** False while this is the only panel: then nothing is sent. */
  hasPeers = false;

  constructor(
    private readonly panelId: string,
    private readonly connection: pg.ClientConfig,
    private readonly bus: EventBus,
    private readonly log: Logger,
    private readonly onGap: () => void,
  ) {}

  async start(): Promise<void> {
    await this.listen();
    this.bus.connect(this);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.bus.connect(undefined);
    clearTimeout(this.timer);
    await Promise.allSettled([this.sender?.end() ?? Promise.resolve(), this.listener?.end() ?? Promise.resolve()]);
  }

  send<T extends Topic>(topic: T, event: Topics[T]): void {
    if (!this.hasPeers) return;
    for (const part of splitEvent(topic, event)) {
      const payload = JSON.stringify([this.panelId, topic, part] satisfies Envelope);
      if (Buffer.byteLength(payload) > LONGEST_PAYLOAD_BYTES) {
        this.log.warn({ topic }, 'an event is too long to cross to the other panels');
        continue;
      }
      this.queue.push(payload);
    }
    if (this.queue.length > LONGEST_QUEUE) this.queue.splice(0, this.queue.length - LONGEST_QUEUE);
    this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  private async flush(): Promise<void> {
    const batch = this.queue.splice(0);
    try {
      this.sender ??= await this.connect();
      await this.sender.query('SELECT pg_notify($1, payload) FROM unnest($2::text[]) payload', [CHANNEL, batch]);
    } catch (error) {
      this.log.warn({ err: error, events: batch.length }, 'events did not reach the other panels');
      this.sender = undefined;
    } finally {
      this.timer = this.queue.length > 0 && !this.stopped ? setTimeout(() => void this.flush(), GATHER_MS) : undefined;
    }
  }

  private async listen(): Promise<void> {
    const client = await this.connect();
    client.on('notification', ({ payload }) => this.receive(payload ?? ''));
    client.once('end', () => void this.listenAgain());
    await client.query(`LISTEN ${CHANNEL}`);
    this.listener = client;
  }

  private async listenAgain(): Promise<void> {
    while (!this.stopped) {
      await delay(RECONNECT_MS);
      try {
        await this.listen();
        this.onGap();
        return;
      } catch (error) {
        this.log.debug({ err: error }, 'cannot listen for events of other panels yet');
      }
    }
  }

  /** Whoever may connect to the database may also notify: what is no event of a panel is left alone. */
  private receive(payload: string): void {
    try {
      const [panelId, topic, event] = JSON.parse(payload) as Envelope;
      if (panelId !== this.panelId) this.bus.deliver(topic, event as Topics[Topic]);
    } catch (error) {
      this.log.warn({ err: error }, 'what came over the channel of events is not one');
    }
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.connection, application_name: 'vpanel events', keepAlive: true });
    client.on('error', (error) => {
      this.log.debug({ err: error }, 'the connection for events was lost');
      if (this.sender === client) this.sender = undefined;
    });
    await client.connect();
    return client;
  }
}

/** Big events are cut into parts that fit; each is a complete event of its topic. */
function splitEvent<T extends Topic>(topic: T, event: Topics[T]): unknown[] {
  if (topic === 'nodeMetrics') {
    const { samples } = event as Topics['nodeMetrics'];
    return chunksOfBytes(samples, LONGEST_PAYLOAD_BYTES - ENVELOPE_BYTES).map((part: NodeSample[]) => ({
      samples: part,
    }));
  }
  if (topic === 'nodeLogs') {
    const { nodeId, lines } = event as Topics['nodeLogs'];
    return chunksOfBytes(lines, LONGEST_PAYLOAD_BYTES - ENVELOPE_BYTES).map((part) => ({ nodeId, lines: part }));
  }
  return [event];
}

function chunksOfBytes<V>(values: V[], mostBytes: number): V[][] {
  const parts: V[][] = [];
  let bytes = Infinity;
  for (const value of values) {
    const own = Buffer.byteLength(JSON.stringify(value)) + 1;
    if (bytes + own > mostBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(value);
    bytes += own;
  }
  return parts;
}
