import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionType } from '../../platform/graphql/paging.js';
import { DateTime, JsonValue } from '../../platform/graphql/scalars.js';
import type { Inbound } from './inbound.schema.js';
import { ProxyTemplate } from './proxy-templates.js';

export enum ProxyProtocol {
  VLESS = 'VLESS',
  VMESS = 'VMESS',
  TROJAN = 'TROJAN',
  SHADOWSOCKS = 'SHADOWSOCKS',
}
registerEnumType(ProxyProtocol, { name: 'ProxyProtocol', description: 'What client apps speak to it.' });
registerEnumType(ProxyTemplate, {
  name: 'ProxyTemplate',
  description: 'Combinations of protocol, transport and security that work and are worth choosing.',
});

@ObjectType({
  description: "An inbound that every targeted node serves; `inbound` is Xray's inbound object without its clients.",
  simpleResolvers: true,
})
export class Proxy {
  @Field(() => ID, { description: 'Opaque and lasting; the tag of the inbound on the nodes.' }) id!: string;
  @Field(() => String, { description: 'Unique.' }) name!: string;
  @Field(() => ProxyProtocol, { description: 'What client apps speak to it.' }) protocol!: ProxyProtocol;
  @Field(() => Int, { description: 'Port on each node.' }) port!: number;
  @Field(() => Boolean, { description: 'Whether nodes serve it.' }) enabled!: boolean;
  @Field(() => Boolean, {
    description:
      'Whether every node serves it. False without targets means that its last target was deleted: no node serves it.',
  })
  everywhere!: boolean;
  /** Not masked: for the panel itself. */
  secretInbound!: Inbound;
  @Field(() => JsonValue, {
    description: "Xray's inbound, private keys masked. A mask that is sent back keeps the key.",
  })
  inbound!: unknown;
  @Field(() => DateTime, { description: 'When it was made.' }) createdAt!: Date;
  @Field(() => DateTime, { description: 'When it was last edited.' }) updatedAt!: Date;
}

export const ProxyConnection = connectionType('Proxy', () => Proxy);

@InputType({ description: 'A proxy to make. Without targets every node serves it.' })
export class CreateProxyInput {
  @Field(() => String, { description: 'Unique; up to 64 letters, digits and . _ -' }) name!: string;
  @Field(() => ProxyProtocol, { description: 'What client apps speak to it.' }) protocol!: ProxyProtocol;
  @Field(() => Int, { description: 'Port on each node, 1 to 65535.' }) port!: number;
  @Field(() => JsonValue, {
    description:
      "Xray's inbound object without clients; `protocol` and `port` may be left out. See proxyInboundSchema.",
  })
  inbound!: unknown;
  @Field(() => [ID], { nullable: true, defaultValue: [], description: 'Nodes that serve it.' }) targetNodeIds?:
    string[] | null;
  @Field(() => [ID], { nullable: true, defaultValue: [], description: 'Groups whose nodes serve it.' })
  targetGroupIds?: string[] | null;
  @Field(() => Boolean, { nullable: true, defaultValue: true, description: 'Whether nodes serve it.' }) enabled?:
    boolean | null;
}

@InputType({ description: 'Changes to a proxy: an absent field stays as it is.' })
export class UpdateProxyInput {
  @Field(() => ID, { description: 'Which proxy.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'Unique.' }) name?: string | null;
  @Field(() => Int, { nullable: true, description: 'Port on each node.' }) port?: number | null;
  @Field(() => JsonValue, { nullable: true, description: 'The whole new inbound; masked keys stay as they are.' })
  inbound?: unknown;
  @Field(() => [ID], { nullable: true, description: 'The whole new list.' }) targetNodeIds?: string[] | null;
  @Field(() => [ID], { nullable: true, description: 'The whole new list. No targets at all: every node.' })
  targetGroupIds?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether nodes serve it.' }) enabled?: boolean | null;
}

@ObjectType({ description: 'The proxy concerned.', simpleResolvers: true })
export class ProxyPayload {
  @Field(() => Proxy, { description: 'As it is now.' }) proxy!: Proxy;
  @Field(() => Int, { description: 'Nodes that get another configuration by it.' }) affectedNodes!: number;
}

@ObjectType({ description: 'Something was deleted.', simpleResolvers: true })
export class DeletePayload {
  @Field(() => ID, { description: 'The id it had.' }) deletedId!: string;
}

@ObjectType({ description: 'Something that is wrong with a configuration.', simpleResolvers: true })
export class ConfigProblem {
  @Field(() => String, { description: 'Where, as a path such as inbound.streamSettings.security.' }) path!: string;
  @Field(() => String, { description: 'What is wrong, and what to do.' }) message!: string;
}

@ObjectType({ description: 'What the panel thinks of a proxy before it is stored.', simpleResolvers: true })
export class ValidateProxyPayload {
  @Field(() => Boolean, { description: 'Whether it can be stored.' }) valid!: boolean;
  @Field(() => [ConfigProblem], { description: 'All that stands against it.' }) problems!: ConfigProblem[];
  @Field(() => [ConfigProblem], { description: 'What may be meant but should be known.' }) warnings!: ConfigProblem[];
  @Field(() => JsonValue, { nullable: true, description: 'The inbound as it would be stored, keys masked.' })
  inbound!: unknown;
}

@InputType({ description: 'What a new inbound is to be made from; what is left out gets a sensible value.' })
export class BuildProxyInput {
  @Field(() => ProxyTemplate, { description: 'Protocol, transport and security.' }) template!: ProxyTemplate;
  @Field(() => Int, { nullable: true, description: 'Port on each node.' }) port?: number | null;
  @Field(() => String, { nullable: true, description: 'Name that clients ask for: the borrowed site for REALITY.' })
  serverName?: string | null;
  @Field(() => String, { nullable: true, description: 'Path of WebSocket and XHTTP; a random one when absent.' })
  path?: string | null;
  @Field(() => String, { nullable: true, description: 'Certificate chain, PEM. Absent: a self-signed one is made.' })
  certificate?: string | null;
  @Field(() => String, { nullable: true, description: 'Private key of the certificate, PEM.' }) key?: string | null;
  @Field(() => String, { nullable: true, description: 'Path of the certificate on the nodes, instead.' })
  certificateFile?: string | null;
  @Field(() => String, { nullable: true, description: 'Path of its key on the nodes.' }) keyFile?: string | null;
}

@ObjectType({ description: 'An inbound with fresh keys; nothing is stored.', simpleResolvers: true })
export class BuildProxyPayload {
  @Field(() => ProxyProtocol, { description: 'For createProxy.' }) protocol!: ProxyProtocol;
  @Field(() => Int, { description: 'For createProxy.' }) port!: number;
  @Field(() => JsonValue, { description: 'For createProxy; its keys are fresh and not masked.' }) inbound!: unknown;
}
