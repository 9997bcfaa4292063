import { Arg, Authorized, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import type { Connection } from '../../platform/graphql/paging.js';
import { ApiScope } from '../access/index.js';
import { Node } from '../nodes/index.js';
import type { HealthService } from './health.service.js';
import { HealthCheck, HealthCheckConnection, TestNodeConnectionPayload } from './health.types.js';

@Resolver(() => Node)
export class HealthResolver {
  constructor(private readonly health: HealthService) {}

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => TestNodeConnectionPayload, {
    description:
      'Looks at the node from the panel: TCP, then the agent API, then Xray; says which step failed and why.',
  })
  async testNodeConnection(@Arg('id', () => ID) id: string): Promise<TestNodeConnectionPayload> {
    return { check: await this.health.check(id) };
  }

  @FieldResolver(() => HealthCheckConnection, { description: 'Its checks, newest first.' })
  healthChecks(
    @Root() node: Node,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<HealthCheck>> {
    return this.health.list(node.id, first, after);
  }
}
