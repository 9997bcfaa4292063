import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.js';

export enum NotificationChannelKind {
  WEBHOOK = 'WEBHOOK',
  TELEGRAM = 'TELEGRAM',
  EMAIL = 'EMAIL',
  SLACK = 'SLACK',
  DISCORD = 'DISCORD',
}
registerEnumType(NotificationChannelKind, { name: 'NotificationChannelKind', description: 'Where messages go.' });

export enum NotificationEvent {
  NODE_UNHEALTHY = 'NODE_UNHEALTHY',
  NODE_RECOVERED = 'NODE_RECOVERED',
  AGENT_DISCONNECTED = 'AGENT_DISCONNECTED',
  FAILOVER_STARTED = 'FAILOVER_STARTED',
  FAILOVER_FINISHED = 'FAILOVER_FINISHED',
  FAILOVER_SUSPENDED = 'FAILOVER_SUSPENDED',
  FAILBACK_FINISHED = 'FAILBACK_FINISHED',
  SYNC_FAILED = 'SYNC_FAILED',
  NODE_OVER_CAPACITY = 'NODE_OVER_CAPACITY',
  IP_BLOCKED = 'IP_BLOCKED',
  TOKEN_REVOKED = 'TOKEN_REVOKED',
  USER_LIMITED = 'USER_LIMITED',
  USER_EXPIRED = 'USER_EXPIRED',
}
registerEnumType(NotificationEvent, { name: 'NotificationEvent', description: 'What a channel may tell of.' });

export enum NotificationLanguage {
  EN = 'EN',
  ZH = 'ZH',
  RU = 'RU',
  FA = 'FA',
}
registerEnumType(NotificationLanguage, { name: 'NotificationLanguage', description: 'Language of messages.' });

export enum NotificationState {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
  HELD_BACK = 'HELD_BACK',
}
registerEnumType(NotificationState, {
  name: 'NotificationState',
  description:
    'PENDING: it has yet to be delivered, see nextAttemptAt. FAILED: it was given up. HELD_BACK: its subject was flapping, which another message told of.',
});

@ObjectType({ description: 'One attempt to deliver a message.', simpleResolvers: true })
export class NotificationAttempt {
  @Field(() => Int, { description: 'From 1.' }) number!: number;
  @Field(() => DateTime, { description: 'When it ended.' }) at!: Date;
  @Field(() => Boolean, { description: 'Whether the receiver has taken it.' }) ok!: boolean;
  @Field(() => Int, { description: 'Milliseconds that it took.' }) tookMs!: number;
  @Field(() => Int, { nullable: true, description: 'HTTP status, or the code of the SMTP server.' })
  status!: number | null;
  @Field(() => String, { nullable: true, description: 'What went wrong; at most 500 characters.' })
  error!: string | null;
}

@ObjectType({
  description: 'A message of a channel and what has become of it. Kept for 30 days.',
  simpleResolvers: true,
})
export class NotificationDelivery {
  @Field(() => ID, { description: 'Opaque; a webhook carries it as webhook-id after `msg_`.' }) id!: string;
  @Field(() => DateTime, { description: 'When it was last tried; before the first attempt, when it was raised.' })
  at!: Date;
  @Field(() => NotificationEvent, { description: 'What it tells of; of a test, the first event of the channel.' })
  event!: NotificationEvent;
  @Field(() => Boolean, { description: 'Whether the receiver has taken it.' }) ok!: boolean;
  @Field(() => NotificationState, { description: 'How things stand.' }) state!: NotificationState;
  @Field(() => Boolean, { description: 'Whether it was sent to try the channel.' }) test!: boolean;
  @Field(() => Int, { description: 'How often it was tried.' }) attempts!: number;
  @Field(() => DateTime, { nullable: true, description: 'When it is tried next; null when it is not.' })
  nextAttemptAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'What went wrong last; at most 500 characters, no secrets.' })
  error!: string | null;
  @Field(() => String, { nullable: true, description: 'What the receiver has answered; at most 500 characters.' })
  answer!: string | null;
}

@ObjectType({ description: 'A place that is told of what happens.', simpleResolvers: true })
export class NotificationChannel {
  @Field(() => ID, { description: 'Opaque and lasting.' }) id!: string;
  @Field(() => String, { description: 'Unique.' }) name!: string;
  @Field(() => NotificationChannelKind, { description: 'What kind of place it is; it stays.' })
  kind!: NotificationChannelKind;
  @Field(() => [NotificationEvent], { description: 'What it is told of.' }) events!: NotificationEvent[];
  @Field(() => Boolean, { description: 'Whether it is told anything.' }) enabled!: boolean;
  @Field(() => String, { description: 'Where it is. Of a URL only the beginning: the whole of it may be a secret.' })
  target!: string;
  @Field(() => NotificationLanguage, { description: 'Language of its messages.' }) language!: NotificationLanguage;
  @Field(() => Boolean, { description: 'Whether a secret is stored.' }) hasSecret!: boolean;
  @Field(() => String, { nullable: true, description: 'Why the panel has switched it off; null when it has not.' })
  disabledReason!: string | null;
  @Field(() => DateTime, { description: 'When it was made.' }) createdAt!: Date;
  @Field(() => DateTime, { description: 'When it was last edited.' }) updatedAt!: Date;
}

@InputType({
  description:
    '`secret` is the webhook signing key, the bot token or the SMTP password; it is stored encrypted and never returned.',
})
export class NotificationChannelInput {
  @Field(() => String, { description: 'Unique; 1 to 64 letters, digits, spaces and . _ -' }) name!: string;
  @Field(() => NotificationChannelKind, { description: 'What kind of place it is; cannot be changed later.' })
  kind!: NotificationChannelKind;
  @Field(() => [NotificationEvent], { description: 'What it is told of, one or more.' }) events!: NotificationEvent[];
  @Field(() => String, {
    description:
      'WEBHOOK, SLACK, DISCORD: an https URL. TELEGRAM: the id of a chat, or @name of a channel. EMAIL: smtps://user@host:465/?from=a@x&to=b@y, or smtp:// with STARTTLS, without the password. Sent back as it was read, it stays.',
  })
  target!: string;
  @Field(() => String, {
    nullable: true,
    description:
      'WEBHOOK: whsec_ and 24 to 64 bytes as base64; one is made when absent or null, and answered once. TELEGRAM: the bot token. EMAIL: the password, if any. SLACK, DISCORD: none. In an update an absent one stays.',
  })
  secret?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'True unless said otherwise; in an update an absent one stays.',
  })
  enabled?: boolean | null;
  @Field(() => NotificationLanguage, {
    nullable: true,
    description: 'EN unless said otherwise; in an update an absent one stays.',
  })
  language?: NotificationLanguage | null;
}

@ObjectType({ description: 'The channel concerned.', simpleResolvers: true })
export class NotificationChannelPayload {
  @Field(() => NotificationChannel, { description: 'As it is now.' }) channel!: NotificationChannel;
  @Field(() => String, {
    nullable: true,
    description: 'The signing key, when one was made just now. It is shown this once.',
  })
  secret!: string | null;
}

@ObjectType({ description: 'How the test went.', simpleResolvers: true })
export class TestNotificationPayload {
  @Field(() => NotificationDelivery, { description: 'The message, as the log has it.' })
  delivery!: NotificationDelivery;
}
