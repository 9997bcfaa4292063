import { Authorized, FieldResolver, Resolver, Root } from 'type-graphql';
import { JsonValue } from '../../platform/graphql/scalars.js';
import { ApiScope } from '../access/index.js';
import { Node } from '../nodes/index.js';
import type { ConfigViews } from './config-views.js';

@Resolver(() => Node)
export class NodeConfigResolver {
  constructor(private readonly views: ConfigViews) {}

  @Authorized(ApiScope.PROXIES_READ)
  @FieldResolver(() => JsonValue, {
    nullable: true,
    description: 'The Xray configuration it should run, keys masked; users are named by their number only.',
  })
  config(@Root() { id }: Node): Promise<unknown> {
    return this.views.masked(id);
  }
}
