import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { Context } from '../../context.js';
import type { Connection } from '../../platform/graphql/paging.js';
import { ApiScope } from '../access/index.js';
import { NodeGroup } from '../groups/index.js';
import { Cluster, Node } from '../nodes/index.js';
import { DeletePayload } from '../proxies/index.js';
import type { UserService } from './user.service.js';
import {
  CreateUserInput,
  CreateUsersPayload,
  DeleteUsersPayload,
  SetUserStatusInput,
  UpdateUserInput,
  User,
  UserConnection,
  UserFilter,
  UserOrder,
  UserPayload,
  UsersPayload,
  ValidateUsersPayload,
} from './user.types.js';

@ArgsType()
class UsersArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50, description: 'Entries to answer, 1 to 100.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'Cursor behind which to begin.' }) after?: string | null;
  @Field(() => UserFilter, { nullable: true, description: 'Which users.' }) filter?: UserFilter | null;
  @Field(() => UserOrder, { nullable: true, description: 'In which order; by name unless said.' })
  orderBy?: UserOrder | null;
}

@Resolver(() => User)
export class UserResolver {
  constructor(
    private readonly service: UserService,
    /** Where the panel is reached, for links. */
    private readonly publicUrl: () => string,
  ) {}

  @Authorized(ApiScope.USERS_READ)
  @Query(() => User, { nullable: true, description: 'One user; null when there is none of that id.' })
  user(@Arg('id', () => ID) id: string): Promise<User | null> {
    return this.service.find(id);
  }

  @Authorized(ApiScope.USERS_READ)
  @Query(() => UserConnection, { description: 'Users, filtered and sorted, page by page.' })
  users(@Args(() => UsersArgs) args: UsersArgs): Promise<Connection<User>> {
    return this.service.list(args);
  }

  @Authorized(ApiScope.USERS_WRITE)
  @Mutation(() => UserPayload, { description: 'Adds a user, whom all nodes of the groups serve within seconds.' })
  async createUser(@Arg('input', () => CreateUserInput) input: CreateUserInput): Promise<UserPayload> {
    return { user: await this.service.create(input) };
  }

  @Authorized(ApiScope.USERS_WRITE)
  @Mutation(() => CreateUsersPayload, { description: 'Adds up to 10,000 users, all or none.' })
  async createUsers(@Arg('input', () => [CreateUserInput]) input: CreateUserInput[]): Promise<CreateUsersPayload> {
    return { users: await this.service.createMany(input) };
  }

  @Authorized(ApiScope.USERS_WRITE)
  @Mutation(() => ValidateUsersPayload, { description: 'Says what createUsers would refuse; stores nothing.' })
  async validateUsers(@Arg('input', () => [CreateUserInput]) input: CreateUserInput[]): Promise<ValidateUsersPayload> {
    const problems = await this.service.validate(input);
    return { valid: problems.length === 0, problems };
  }

  @Authorized(ApiScope.USERS_WRITE)
  @Mutation(() => UserPayload, { description: 'Changes a user; nodes hear of what concerns them within seconds.' })
  async updateUser(@Arg('input', () => UpdateUserInput) input: UpdateUserInput): Promise<UserPayload> {
    return { user: await this.service.update(input) };
  }

  @Authorized(ApiScope.USERS_WRITE)
  @Mutation(() => UsersPayload, { description: 'Enables or disables up to 1,000 users, all or none.' })
  async setUserStatus(@Arg('input', () => SetUserStatusInput) input: SetUserStatusInput): Promise<UsersPayload> {
    return { users: await this.service.setStatus(input) };
  }

  @Authorized(ApiScope.USERS_WRITE)
  @Mutation(() => DeletePayload, { description: 'Deletes a user; nodes that are away forget it when they are back.' })
  async deleteUser(@Arg('id', () => ID) id: string): Promise<DeletePayload> {
    await this.service.delete([id]);
    return { deletedId: id };
  }

  @Authorized(ApiScope.USERS_WRITE)
  @Mutation(() => DeleteUsersPayload, { description: 'Deletes up to 1,000 users, all or none.' })
  async deleteUsers(@Arg('ids', () => [ID]) ids: string[]): Promise<DeleteUsersPayload> {
    return { deletedIds: await this.service.delete(ids) };
  }

  @Authorized(ApiScope.USERS_WRITE)
  @Mutation(() => UserPayload, {
    description:
      'A new subscription link; the old one is unknown at once. The credentials change as well, since the old link has handed them out, unless they are to be kept.',
  })
  async rotateSubscriptionUrl(
    @Arg('userId', () => ID) userId: string,
    @Arg('keepCredentials', () => Boolean, { nullable: true, defaultValue: false }) keepCredentials: boolean,
  ): Promise<UserPayload> {
    return { user: await this.service.rotateLink(userId, keepCredentials) };
  }

  @FieldResolver(() => String, {
    description: 'The link that client apps fetch their configuration from. It is a secret.',
  })
  subscriptionUrl(@Root() { subscriptionToken }: User): string {
    return `${this.publicUrl()}/sub/${subscriptionToken}`;
  }

  @FieldResolver(() => [NodeGroup], { description: 'Its groups, by name.' })
  groups(@Root() { id }: User, @Ctx() { loaders }: Context): Promise<NodeGroup[]> {
    return loaders.groupsOfUser.load(id);
  }

  @FieldResolver(() => [Node], {
    description: 'Nodes that have not yet heard of the newest change of this user, most of them because they are away.',
  })
  async pendingNodes(@Root() { id }: User, @Ctx() { loaders }: Context): Promise<Node[]> {
    const nodes = await loaders.node.loadMany(await loaders.pendingNodesOfUser.load(id));
    return nodes.filter((node) => node instanceof Node);
  }
}

@Resolver(() => Node)
export class NodeUsersResolver {
  constructor(private readonly service: UserService) {}

  @Authorized(ApiScope.USERS_READ)
  @FieldResolver(() => UserConnection, { description: 'Users of its groups, by name.' })
  users(
    @Root() { id }: Node,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<User>> {
    return this.service.list({ first, after, filter: { nodeIds: [id] } });
  }
}

@Resolver(() => Cluster)
export class ClusterUsersResolver {
  constructor(private readonly service: UserService) {}

  @FieldResolver(() => Int, { description: 'Users that there are, of whatever status.' })
  totalUsers(): Promise<number> {
    return this.service.count();
  }
}
