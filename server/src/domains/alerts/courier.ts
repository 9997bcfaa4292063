import type { Clock } from '../../platform/clock.js';
import type { SecretBox } from '../../platform/secret-box.js';
import { NotificationChannelKind as Kind, type NotificationLanguage } from './alert.types.js';
import type { Outcome, Send } from './kinds/adapter.js';
import { sendDiscord } from './kinds/discord.js';
import { sendEmail } from './kinds/email.js';
import { sendSlack } from './kinds/slack.js';
import { sendTelegram, TELEGRAM_URL } from './kinds/telegram.js';
import { sendWebhook } from './kinds/webhook.js';
import { compose, type Notice } from './message.js';
import { ForbiddenTarget, type Outbound } from './outbound.js';
import { scrub } from './scrub.js';
import { secretParts } from './target.js';

/** A channel as it is stored, as far as sending goes. */
export interface SealedChannel {
  channelId: string;
  name: string;
  kind: Kind;
  language: NotificationLanguage;
  target: Buffer;
  secret: Buffer | null;
}

export type Attempted = Outcome & { at: Date; tookMs: number };

interface CourierParts {
  box: SecretBox;
  outbound: Outbound;
  clock: Clock;
  publicUrl: () => string;
  timeoutMs?: number;
  telegramUrl?: string;
}

const TIMEOUT_MS = 15_000;

export const targetLabel = (channelId: string): string => `alert-target:${channelId}`;
export const secretLabel = (channelId: string): string => `alert-secret:${channelId}`;

/** Makes one attempt to deliver one message. Never throws for what the receiver does, and never tells secrets. */
export class Courier {
  private readonly sends: Record<Kind, Send>;
  private readonly timeoutMs: number;

  constructor(private readonly parts: CourierParts) {
    const { outbound, telegramUrl = TELEGRAM_URL, timeoutMs = TIMEOUT_MS } = parts;
    this.timeoutMs = timeoutMs;
    this.sends = {
      WEBHOOK: sendWebhook(outbound),
      TELEGRAM: sendTelegram(outbound, telegramUrl),
      EMAIL: sendEmail(outbound),
      SLACK: sendSlack(outbound),
      DISCORD: sendDiscord(outbound),
    };
  }

  /** `stopped` breaks it off from outside; only then it throws. */
  async deliver(channel: SealedChannel, notice: Notice, stopped?: AbortSignal): Promise<Attempted> {
    const started = performance.now();
    const timeout = AbortSignal.timeout(this.timeoutMs);
    const signal = stopped ? AbortSignal.any([timeout, stopped]) : timeout;
    const secrets: string[] = [];
    let outcome: Outcome;
    try {
      const place = this.open(channel);
      secrets.push(...place.secrets);
      outcome = await this.send(channel, notice, { ...place, signal });
    } catch (error) {
      stopped?.throwIfAborted();
      const late = `There was no answer within ${this.timeoutMs / 1_000} s`;
      outcome = { ok: false, error: timeout.aborted ? late : reasonOf(error) };
    }
    return {
      ...outcome,
      answer: outcome.answer === undefined ? undefined : scrub(outcome.answer, secrets),
      error: outcome.error === undefined ? undefined : scrub(outcome.error, secrets),
      at: this.parts.clock.now(),
      tookMs: Math.round(performance.now() - started),
    };
  }

  private open({ channelId, kind, target: sealed, secret: sealedSecret }: SealedChannel) {
    const { box } = this.parts;
    try {
      const target = box.open(sealed, targetLabel(channelId));
      const secret = sealedSecret ? box.open(sealedSecret, secretLabel(channelId)) : undefined;
      return { target, secret, secrets: secretParts(kind, target, secret) };
    } catch (cause) {
      throw new Error('What is stored of the channel was sealed with another secret key', { cause });
    }
  }

  private send(
    { kind, name: channelName, language }: SealedChannel,
    notice: Notice,
    place: { target: string; secret: string | undefined; signal: AbortSignal },
  ): Promise<Outcome> {
    const { clock } = this.parts;
    const publicUrl = this.parts.publicUrl();
    const message = compose(notice, { language, channelName, publicUrl });
    return this.sends[kind]({ notice, message, publicUrl, now: clock.now(), ...place });
  }
}

/** Node hides behind an AggregateError what happened at each address. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  if (error instanceof ForbiddenTarget) return `The target ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
