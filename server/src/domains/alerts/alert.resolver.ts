import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../../context.js';
import { pageSize } from '../../platform/graphql/paging.js';
import { ApiScope } from '../access/index.js';
import { DeletePayload } from '../proxies/index.js';
import {
  NotificationAttempt,
  NotificationChannel,
  NotificationChannelInput,
  NotificationChannelPayload,
  NotificationDelivery,
  TestNotificationPayload,
} from './alert.types.js';
import type { ChannelService } from './channel.service.js';

@Resolver(() => NotificationChannel)
export class NotificationChannelResolver {
  constructor(private readonly channels: ChannelService) {}

  @Authorized(ApiScope.NODES_READ)
  @Query(() => [NotificationChannel], { description: 'Who is told of what happens, by name.' })
  notificationChannels(): Promise<NotificationChannel[]> {
    return this.channels.list();
  }

  @Authorized(ApiScope.SETTINGS_WRITE)
  @Mutation(() => NotificationChannelPayload, { description: 'Adds a channel. Nothing is sent: try it afterwards.' })
  createNotificationChannel(
    @Arg('input', () => NotificationChannelInput) input: NotificationChannelInput,
  ): Promise<NotificationChannelPayload> {
    return this.channels.create(input);
  }

  @Authorized(ApiScope.SETTINGS_WRITE)
  @Mutation(() => NotificationChannelPayload, {
    description: 'Changes a channel. What waits to be sent goes by the new target; disabling gives it up.',
  })
  updateNotificationChannel(
    @Arg('id', () => ID) id: string,
    @Arg('input', () => NotificationChannelInput) input: NotificationChannelInput,
  ): Promise<NotificationChannelPayload> {
    return this.channels.update(id, input);
  }

  @Authorized(ApiScope.SETTINGS_WRITE)
  @Mutation(() => DeletePayload, { description: 'Deletes a channel, its log, and what waits to be sent there.' })
  async deleteNotificationChannel(@Arg('id', () => ID) id: string): Promise<DeletePayload> {
    await this.channels.delete(id);
    return { deletedId: id };
  }

  @Authorized(ApiScope.SETTINGS_WRITE)
  @Mutation(() => TestNotificationPayload, {
    description: 'Sends a test message now, also by a disabled channel, and answers how it went, within 15 s.',
  })
  async testNotificationChannel(@Arg('id', () => ID) id: string): Promise<TestNotificationPayload> {
    return { delivery: await this.channels.test(id) };
  }

  @FieldResolver(() => NotificationDelivery, {
    nullable: true,
    description: 'The message that was tried last; null before the first one.',
  })
  lastDelivery(@Root() { id }: NotificationChannel, @Ctx() { loaders }: Context): Promise<NotificationDelivery | null> {
    return loaders.lastDeliveryOfChannel.load(id);
  }

  @FieldResolver(() => [NotificationDelivery], { description: 'The newest messages, newest first.' })
  deliveries(
    @Root() { id }: NotificationChannel,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number,
    @Ctx() { loaders }: Context,
  ): Promise<NotificationDelivery[]> {
    return loaders.deliveriesOfChannel.load({ channelId: id, first: pageSize(first) });
  }
}

@Resolver(() => NotificationDelivery)
export class NotificationDeliveryResolver {
  @FieldResolver(() => [NotificationAttempt], { description: 'Each attempt, oldest first.' })
  log(@Root() { id }: NotificationDelivery, @Ctx() { loaders }: Context): Promise<NotificationAttempt[]> {
    return loaders.attemptsOfDelivery.load(id);
  }
}
