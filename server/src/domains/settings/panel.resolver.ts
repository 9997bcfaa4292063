import { Authorized, Field, ObjectType, Query, Resolver } from 'type-graphql';

@ObjectType({ description: 'The panel itself.', simpleResolvers: true })
export class PanelInfo {
  @Field(() => String, { description: 'Version of the panel.' }) version!: string;
  @Field(() => String, { description: 'What agents dial.' }) agentUrl!: string;
  @Field(() => Boolean, { description: 'True in a throw-away demonstration with simulated nodes.' }) demo!: boolean;
}

@Resolver()
export class PanelResolver {
  constructor(private readonly info: PanelInfo) {}

  @Authorized('SIGNED_IN')
  @Query(() => PanelInfo, { description: 'The panel itself.' })
  panel(): PanelInfo {
    return this.info;
  }
}
