import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '../../platform/graphql/paging.js';
import { BigIntValue, DateTime } from '../../platform/graphql/scalars.js';
import { Location, LocationInput, OrderDirection } from '../nodes/index.js';

export enum UserStatus {
  ACTIVE = 'ACTIVE',
  DISABLED = 'DISABLED',
  LIMITED = 'LIMITED',
  EXPIRED = 'EXPIRED',
}
registerEnumType(UserStatus, {
  name: 'UserStatus',
  description:
    'Only ACTIVE users are on the nodes. DISABLED by an administrator, LIMITED by the data limit, EXPIRED by time.',
});

export enum UserOrderField {
  USERNAME = 'USERNAME',
  CREATED_AT = 'CREATED_AT',
}
registerEnumType(UserOrderField, { name: 'UserOrderField', description: 'What a list of users is sorted by.' });

@ObjectType({ description: 'An end user of the proxies, never an administrator.', simpleResolvers: true })
export class User {
  @Field(() => ID, { description: 'Opaque and lasting.' }) id!: string;
  @Field(() => String, { description: 'Unique.' }) username!: string;
  @Field(() => UserStatus, { description: 'Whether it may use the nodes.' }) status!: UserStatus;
  @Field(() => String, { nullable: true, description: 'For administrators.' }) note!: string | null;
  @Field(() => BigIntValue, { nullable: true, description: 'Bytes it may use; null is unlimited.' })
  dataLimit!: bigint | null;
  @Field(() => BigIntValue, { description: 'Bytes it has used.' }) dataUsed!: bigint;
  @Field(() => DateTime, { nullable: true, description: 'When it ends to be ACTIVE; null is never.' })
  expiresAt!: Date | null;
  @Field(() => Location, { nullable: true, description: 'Where it is, for geographic balancing.' })
  location!: Location | null;
  @Field(() => DateTime, { nullable: true, description: 'When a client app last fetched its subscription link.' })
  subscriptionFetchedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Which client app that was, as it calls itself.' })
  subscriptionClient!: string | null;
  @Field(() => DateTime, { description: 'When it was made.' }) createdAt!: Date;
  @Field(() => DateTime, { description: 'When it was last edited.' }) updatedAt!: Date;
  subscriptionToken!: string;
  /** Of the newest change that nodes have to hear of. */
  version!: string;
}

export const UserConnection = connectionType('User', () => User);

@InputType({ description: 'All conditions have to hold; a condition left out always does.' })
export class UserFilter {
  @Field(() => String, { nullable: true, description: 'Part of the name or the note.' }) search?: string | null;
  @Field(() => [UserStatus], { nullable: true, description: 'One of these.' }) status?: UserStatus[] | null;
  @Field(() => [ID], { nullable: true, description: 'In one of these groups.' }) groupIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'On one of these nodes, through its groups.' }) nodeIds?:
    string[] | null;
}

@InputType({ description: 'Order of a list; ties by id.' })
export class UserOrder {
  @Field(() => UserOrderField, { description: 'What to sort by.' }) field!: UserOrderField;
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: OrderDirection;
}

@InputType({ description: 'A user to make. Its credentials and its link are made by the panel.' })
export class CreateUserInput {
  @Field(() => String, { description: 'Unique; 1 to 64 letters, digits and . _ - @ +' }) username!: string;
  @Field(() => [ID], { description: 'Its groups, and so its nodes.' }) groupIds!: string[];
  @Field(() => BigIntValue, { nullable: true, description: 'Bytes it may use, 1 or more; null is unlimited.' })
  dataLimit?: bigint | null;
  @Field(() => DateTime, { nullable: true, description: 'When it ends to be ACTIVE; null is never.' })
  expiresAt?: Date | null;
  @Field(() => LocationInput, { nullable: true, description: 'Where it is, for geographic balancing.' })
  location?: LocationInput | null;
  @Field(() => String, { nullable: true, description: 'Up to 500 characters.' }) note?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'UUID that the user has already, from another panel; one is made when absent.',
  })
  uuid?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Password that the user has already, 8 to 128 printable ASCII characters; one is made when absent.',
  })
  password?: string | null;
}

@InputType({ description: 'Changes to a user: an absent field stays as it is, null clears it.' })
export class UpdateUserInput {
  @Field(() => ID, { description: 'Which user.' }) id!: string;
  @Field(() => UserStatus, {
    nullable: true,
    description: 'ACTIVE or DISABLED; the others follow from limit and expiry.',
  })
  status?: UserStatus | null;
  @Field(() => [ID], { nullable: true, description: 'The whole new list.' }) groupIds?: string[] | null;
  @Field(() => BigIntValue, { nullable: true, description: 'Bytes; null is unlimited.' }) dataLimit?: bigint | null;
  @Field(() => DateTime, { nullable: true, description: 'Null is never.' }) expiresAt?: Date | null;
  @Field(() => LocationInput, { nullable: true, description: 'Where it is.' }) location?: LocationInput | null;
  @Field(() => String, { nullable: true, description: 'Up to 500 characters.' }) note?: string | null;
}

@InputType({ description: 'The same change for many users.' })
export class SetUserStatusInput {
  @Field(() => [ID], { description: 'Which users, 1 to 1000.' }) userIds!: string[];
  @Field(() => UserStatus, { description: 'ACTIVE or DISABLED.' }) status!: UserStatus;
}

@ObjectType({ description: 'The user concerned.', simpleResolvers: true })
export class UserPayload {
  @Field(() => User, { description: 'As it is now.' }) user!: User;
}

@ObjectType({ description: 'All or none: one bad row and no user is created.', simpleResolvers: true })
export class CreateUsersPayload {
  @Field(() => [User], { description: 'In the order of the input.' }) users!: User[];
}

@ObjectType({ description: 'The users concerned.', simpleResolvers: true })
export class UsersPayload {
  @Field(() => [User], { description: 'As they are now.' }) users!: User[];
}

@ObjectType({ description: 'Users were deleted.', simpleResolvers: true })
export class DeleteUsersPayload {
  @Field(() => [ID], { description: 'The ids they had.' }) deletedIds!: string[];
}

@ObjectType({ description: 'Something that is wrong with a row of an import.', simpleResolvers: true })
export class UserProblem {
  @Field(() => Int, { description: 'Position in the input, from 0.' }) row!: number;
  @Field(() => String, { description: 'Which field.' }) field!: string;
  @Field(() => String, { description: 'What is wrong, and what to do.' }) message!: string;
}

@ObjectType({ description: 'What createUsers would say.', simpleResolvers: true })
export class ValidateUsersPayload {
  @Field(() => Boolean, { description: 'Whether all of them can be created.' }) valid!: boolean;
  @Field(() => [UserProblem], { description: 'At most 1000, by row.' }) problems!: UserProblem[];
}
