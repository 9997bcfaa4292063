import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.js';
import { AdminRole, ApiScope, ViewerKind } from './principal.js';

@ObjectType({ description: 'The caller.', simpleResolvers: true })
export class Viewer {
  @Field(() => ID, { description: 'Of the administrator or of the node.' }) id!: string;
  @Field(() => String, { description: 'Name of the administrator or of the node.' }) name!: string;
  @Field(() => AdminRole, { nullable: true, description: 'Of an administrator; null for others.' })
  role!: AdminRole | null;
  @Field(() => ViewerKind, { description: 'What kind of caller it is.' }) kind!: ViewerKind;
  @Field(() => [ApiScope], { description: 'What the caller may do.' }) scopes!: ApiScope[];
}

@InputType({ description: 'Credentials of an administrator.' })
export class LoginInput {
  @Field(() => String, { description: 'Name of the administrator.' }) username!: string;
  @Field(() => String, { description: 'Password.' }) password!: string;
}

@ObjectType({
  description: 'An open session. The refresh token is not here but in an httpOnly cookie.',
  simpleResolvers: true,
})
export class SessionPayload {
  @Field(() => String, { description: 'For the authorization header: `Bearer <accessToken>`.' }) accessToken!: string;
  @Field(() => DateTime, { description: 'When it lapses; refreshSession gives a new one.' }) expiresAt!: Date;
  @Field(() => Viewer, { description: 'Who signed in.' }) viewer!: Viewer;
}
