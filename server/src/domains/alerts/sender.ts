import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../platform/clock.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { Logger } from '../../platform/log.js';
import type { Attempted, Courier } from './courier.js';
import type { Claimed, Outbox } from './outbox.js';
import { nextAttempt } from './retry.js';

/** Messages under way at the same time, of all channels. */
const MOST_AT_ONCE = 8;
/** What is due is looked for so often even when nothing was announced. */
const SWEEP_MS = 2_000;
/** What is under way when the panel stops may take so long; then it is sent again later, by whoever is there. */
const GRACE_MS = 3_000;
const GONE = 'The receiver has answered 410 Gone: it does not want to be told anything again';

interface SenderParts {
  outbox: Outbox;
  courier: Courier;
  events: EventBus;
  clock: Clock;
  log: Logger;
  /** 0 to 1; for the jitter of retries. */
  random: () => number;
  sweepMs?: number;
}

/**
 * Sends what waits in the outbox. It goes by the rows alone: each is claimed for a while by one panel, and whoever is killed
 * between sending and writing it down leaves a claim that runs out. A receiver may thus get a message twice, under one id.
 */
export class AlertSender {
  private readonly underWay = new Set<Promise<void>>();
  private readonly aborter = new AbortController();
  private sweeper: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(private readonly parts: SenderParts) {}

  start(): void {
    this.parts.events.on('alertsRaised', () => this.wake());
    this.sweeper = setInterval(() => this.wake(), this.parts.sweepMs ?? SWEEP_MS);
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.sweeper);
    await this.looking;
    await Promise.race([Promise.allSettled(this.underWay), delay(GRACE_MS, undefined, { ref: false })]);
    this.aborter.abort();
    await Promise.allSettled(this.underWay);
  }

  private wake(): void {
    if (this.stopped) return;
    if (this.looking) {
      this.again = true;
      return;
    }
    this.looking = this.look()
      .catch((error: unknown) => this.parts.log.error({ err: error }, 'looking for messages to send failed'))
      .finally(() => {
        this.looking = undefined;
        if (this.again) this.wake();
        this.again = false;
      });
  }

  private async look(): Promise<void> {
    const room = MOST_AT_ONCE - this.underWay.size;
    if (room <= 0) return;
    const { outbox, clock } = this.parts;
    for (const claimed of await outbox.claim(clock.now(), room)) this.begin(claimed);
  }

  private begin(claimed: Claimed): void {
    const done = this.send(claimed)
      .catch((error: unknown) =>
        this.parts.log.error({ err: error }, 'the outcome of a message could not be written down'),
      )
      .finally(() => {
        this.underWay.delete(done);
        this.wake();
      });
    this.underWay.add(done);
  }

  private async send(claimed: Claimed): Promise<void> {
    const { courier, outbox } = this.parts;
    let attempted: Attempted;
    try {
      attempted = await courier.deliver(claimed.channel, claimed.notice, this.aborter.signal);
    } catch (error) {
      await outbox.giveBack(claimed);
      if (this.aborter.signal.aborted) return;
      throw error;
    }
    await this.settle(claimed, attempted);
  }

  private async settle(claimed: Claimed, attempted: Attempted): Promise<void> {
    const { outbox, random, log } = this.parts;
    const { channel, attempts, failures } = claimed;
    if (attempted.ok) {
      await outbox.settle(claimed, { attempted, failures, waitMs: undefined });
      return;
    }
    const { retryAfterMs, gone, at, error } = attempted;
    const next = nextAttempt({ attempts, failures, retryAfterMs }, random());
    await outbox.settle(claimed, { attempted, failures: next.failures, waitMs: gone ? undefined : next.waitMs });
    if (gone) await outbox.disable(channel.channelId, GONE);
    else if (retryAfterMs !== undefined && next.waitMs !== undefined) {
      await outbox.pause(channel.channelId, new Date(at.getTime() + next.waitMs));
    }
    const facts = { channel: channel.name, attempts, reason: error };
    if (gone || next.waitMs === undefined) log.warn(facts, 'a message was given up');
    else log.info({ ...facts, nextInMs: next.waitMs }, 'a message could not be delivered yet');
  }
}
