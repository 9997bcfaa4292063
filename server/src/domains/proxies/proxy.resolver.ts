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
import { badInput } from '../../platform/errors.js';
import type { Connection } from '../../platform/graphql/paging.js';
import { JsonValue } from '../../platform/graphql/scalars.js';
import { ApiScope } from '../access/index.js';
import { NodeGroup } from '../groups/index.js';
import { Node } from '../nodes/index.js';
import { inboundJsonSchema } from './inbound.json-schema.js';
import { maskInbound } from './inbound.secrets.js';
import { buildTemplate, type TemplateOptions } from './proxy-templates.js';
import type { ProxyService } from './proxy.service.js';
import {
  BuildProxyInput,
  BuildProxyPayload,
  CreateProxyInput,
  DeletePayload,
  Proxy,
  ProxyConnection,
  ProxyPayload,
  ProxyProtocol,
  UpdateProxyInput,
  ValidateProxyPayload,
} from './proxy.types.js';

@ArgsType()
class ProxiesArgs {
  @Field(() => Int, { nullable: true, defaultValue: 50, description: 'Entries to answer, 1 to 100.' }) first!: number;
  @Field(() => String, { nullable: true, description: 'Cursor behind which to begin.' }) after?: string | null;
  @Field(() => String, { nullable: true, description: 'Part of the name, the protocol or the port.' }) search?:
    string | null;
}

const INBOUND_PROTOCOLS = {
  [ProxyProtocol.VLESS]: 'vless',
  [ProxyProtocol.VMESS]: 'vmess',
  [ProxyProtocol.TROJAN]: 'trojan',
  [ProxyProtocol.SHADOWSOCKS]: 'shadowsocks',
} as const;

@Resolver(() => Proxy)
export class ProxyResolver {
  constructor(private readonly service: ProxyService) {}

  @Authorized(ApiScope.PROXIES_READ)
  @Query(() => Proxy, { nullable: true, description: 'One proxy; null when there is none of that id.' })
  proxy(@Arg('id', () => ID) id: string): Promise<Proxy | null> {
    return this.service.find(id);
  }

  @Authorized(ApiScope.PROXIES_READ)
  @Query(() => ProxyConnection, { description: 'Proxies by name, page by page.' })
  proxies(@Args(() => ProxiesArgs) { first, after, search }: ProxiesArgs): Promise<Connection<Proxy>> {
    return this.service.list(first, after, search);
  }

  @Authorized(ApiScope.PROXIES_READ)
  @Query(() => JsonValue, { description: 'JSON schema of the inbounds that createProxy takes, for editors.' })
  proxyInboundSchema(
    @Arg('protocol', () => ProxyProtocol, {
      nullable: true,
      description: 'Only of this protocol; protocol and port may then be left out of the inbound.',
    })
    protocol?: ProxyProtocol | null,
  ): unknown {
    return inboundJsonSchema(protocol ? INBOUND_PROTOCOLS[protocol] : undefined);
  }

  @Authorized(ApiScope.PROXIES_WRITE)
  @Mutation(() => ProxyPayload, {
    description: 'Adds a proxy; its nodes serve it within seconds. CONFIG_INVALID names all problems at once.',
  })
  createProxy(@Arg('input', () => CreateProxyInput) input: CreateProxyInput): Promise<ProxyPayload> {
    return this.service.create(input);
  }

  @Authorized(ApiScope.PROXIES_WRITE)
  @Mutation(() => ProxyPayload, { description: 'Changes a proxy; other proxies of its nodes are not interrupted.' })
  updateProxy(@Arg('input', () => UpdateProxyInput) input: UpdateProxyInput): Promise<ProxyPayload> {
    return this.service.update(input);
  }

  @Authorized(ApiScope.PROXIES_WRITE)
  @Mutation(() => DeletePayload, { description: 'Deletes a proxy; its nodes stop to serve it.' })
  async deleteProxy(@Arg('id', () => ID) id: string): Promise<DeletePayload> {
    await this.service.delete(id);
    return { deletedId: id };
  }

  @Authorized(ApiScope.PROXIES_WRITE)
  @Mutation(() => ValidateProxyPayload, { description: 'Says all that stands against a proxy; stores nothing.' })
  async validateProxy(
    @Arg('input', () => CreateProxyInput) input: CreateProxyInput,
    @Arg('id', () => ID, {
      nullable: true,
      description: 'The stored proxy that is to become this: masked keys are its own, and so are its name and port.',
    })
    id?: string | null,
  ): Promise<ValidateProxyPayload> {
    const { inbound, problems, warnings } = await this.service.validate(input, id);
    return { valid: problems.length === 0, problems, warnings, inbound: inbound ? maskInbound(inbound) : null };
  }

  @Authorized(ApiScope.PROXIES_WRITE)
  @Mutation(() => BuildProxyPayload, {
    description: 'An inbound that works, with fresh keys, short ids and paths, ready for createProxy. Stores nothing.',
  })
  async buildProxy(@Arg('input', () => BuildProxyInput) input: BuildProxyInput): Promise<BuildProxyPayload> {
    const inbound = await buildTemplate(input.template, optionsOf(input), new Date());
    return { protocol: inbound.protocol.toUpperCase() as ProxyProtocol, port: inbound.port, inbound };
  }

  @FieldResolver(() => [Node], { description: 'The nodes that it names; see everywhere for an empty list.' })
  async targetNodes(@Root() { id }: Proxy, @Ctx() { loaders }: Context): Promise<Node[]> {
    const nodes = await loaders.node.loadMany(await loaders.proxyTargets.load(id));
    return nodes.filter((node) => node instanceof Node);
  }

  @FieldResolver(() => [NodeGroup], { description: 'The groups that it names.' })
  targetGroups(@Root() { id }: Proxy, @Ctx() { loaders }: Context): Promise<NodeGroup[]> {
    return loaders.groupsOfProxy.load(id);
  }
}

function optionsOf(input: BuildProxyInput): TemplateOptions {
  const { port, serverName, path, certificate, key, certificateFile, keyFile } = input;
  const inline = pair('certificate', certificate, 'key', key);
  const files = pair('certificateFile', certificateFile, 'keyFile', keyFile);
  return {
    ...(port != null && { port }),
    ...(serverName != null && { serverName }),
    ...(path != null && { path }),
    ...(inline && { certificate: { certificate: inline[0].trim().split('\n'), key: inline[1].trim().split('\n') } }),
    ...(files && { certificate: { certificateFile: files[0], keyFile: files[1] } }),
  };
}

/** Both or none. */
function pair(
  nameA: string,
  a: string | null | undefined,
  nameB: string,
  b: string | null | undefined,
): [string, string] | undefined {
  if (!a && !b) return undefined;
  if (a && b) return [a, b];
  throw badInput([{ path: a ? nameB : nameA, message: `belongs to ${a ? nameA : nameB}` }]);
}
