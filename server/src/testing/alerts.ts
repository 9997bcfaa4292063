import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import {
  NotificationChannelKind,
  NotificationEvent,
  type NotificationChannelInput,
} from '../domains/alerts/alert.types.js';
import { Alerts, type Alert } from '../domains/alerts/alerts.js';
import { ChannelService } from '../domains/alerts/channel.service.js';
import { Courier } from '../domains/alerts/courier.js';
import { Outbound, type OutboundOptions } from '../domains/alerts/outbound.js';
import { Outbox } from '../domains/alerts/outbox.js';
import { AlertSender } from '../domains/alerts/sender.js';
import { EventBus } from '../platform/events/bus.js';
import { SecretBox } from '../platform/secret-box.js';
import { FakeClock } from './clock.js';
import { recordingLogger } from './logs.js';

export interface AlertPartsOptions {
  clock?: FakeClock;
  outbound?: Partial<OutboundOptions>;
  telegramUrl?: string;
  timeoutMs?: number;
  leaseMs?: number;
}

export const START = new Date('2026-01-31T12:00:00Z');

/** All that sends alerts, as one panel has it, with a clock that stands still. */
export class AlertParts {
  readonly clock: FakeClock;
  readonly alerts: Alerts;
  readonly channels: ChannelService;
  readonly courier: Courier;
  readonly outbox: Outbox;
  readonly sender: AlertSender;
  readonly logEntries;
  private readonly events: EventBus;

  constructor(
    readonly db: DataSource,
    { clock = new FakeClock(START), outbound: options, telegramUrl, timeoutMs, leaseMs }: AlertPartsOptions = {},
  ) {
    const { log, entries } = recordingLogger();
    const box = new SecretBox('a key of the tests, 32 characters or more');
    const outbound = new Outbound({ privateTargets: true, ...options });
    this.logEntries = entries;
    this.clock = clock;
    this.events = new EventBus(log);
    this.alerts = new Alerts(db, this.events, clock);
    this.courier = new Courier({
      box,
      outbound,
      clock,
      publicUrl: () => 'https://panel.test',
      ...(telegramUrl !== undefined && { telegramUrl }),
      ...(timeoutMs !== undefined && { timeoutMs }),
    });
    this.channels = new ChannelService({ db, box, outbound, courier: this.courier });
    this.outbox = new Outbox(db, leaseMs);
    this.sender = new AlertSender({
      outbox: this.outbox,
      courier: this.courier,
      events: this.events,
      clock,
      log,
      random: () => 0,
      sweepMs: 20,
    });
  }

  /** Answers its id. */
  async channel(input: Partial<NotificationChannelInput> & { target: string }): Promise<string> {
    const { channel } = await this.channels.create({
      name: `channel ${randomUUID().slice(0, 8)}`,
      kind: NotificationChannelKind.WEBHOOK,
      events: Object.values(NotificationEvent),
      ...input,
    });
    return channel.id;
  }

  /** In a transaction of its own. */
  async raise(...alerts: Alert[]): Promise<number> {
    const told = await this.db.transaction((manager) => this.alerts.raise(manager, ...alerts));
    this.alerts.announce();
    return told;
  }
}

let counter = 0;

/** That a node is unhealthy, each time another one. */
export const unhealthy = (values: Partial<Alert> = {}): Alert => {
  counter += 1;
  return {
    event: NotificationEvent.NODE_UNHEALTHY,
    dedupeKey: `node:${counter}:unhealthy:1`,
    facts: { nodeName: `fra-${counter}`, reason: 'connection refused', since: '2026-01-31T11:59:00.000Z' },
    ...values,
  };
};
