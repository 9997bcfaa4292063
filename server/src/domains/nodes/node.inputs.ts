import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { NodeHealth, NodeMode, NodeOrderField, NodeStatus, OrderDirection } from './node.enums.js';

@InputType({ description: 'A label of a node.' })
export class NodeTagInput {
  @Field(() => String, { description: 'Letters, digits and . _ -, up to 64 characters.' }) key!: string;
  @Field(() => String, { description: 'Any text of up to 128 characters.' }) value!: string;
}

@InputType({ description: 'Where a node stands.' })
export class LocationInput {
  @Field(() => Float, { description: 'Degrees north, -90 to 90.' }) latitude!: number;
  @Field(() => Float, { description: 'Degrees east, -180 to 180.' }) longitude!: number;
  @Field(() => String, { nullable: true, description: 'Name of the city.' }) city?: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 3166-1 alpha-2, such as DE.' }) countryCode?: string | null;
}

@InputType({ description: 'A node to add.' })
export class CreateNodeInput {
  @Field(() => String, { description: 'Unique; up to 64 letters, digits and . _ -' }) name!: string;
  @Field(() => String, { description: 'IPv4, IPv6 or domain name.' }) address!: string;
  @Field(() => Int, { nullable: true, defaultValue: 8443, description: "Port of the agent's local API, 1 to 65535." })
  agentPort?: number | null;
  @Field(() => [NodeTagInput], { nullable: true, defaultValue: [], description: 'At most 32, each key once.' })
  tags?: NodeTagInput[] | null;
  @Field(() => LocationInput, { nullable: true, description: 'Where it stands, for the map and geographic balancing.' })
  location?: LocationInput | null;
  @Field(() => Int, {
    nullable: true,
    defaultValue: 1,
    description: 'Share of users relative to other nodes, 1 to 1000.',
  })
  weight?: number | null;
  @Field(() => Int, { nullable: true, description: 'Most users that may be assigned, 1 or more; null is unlimited.' })
  capacity?: number | null;
  @Field(() => [ID], { nullable: true, defaultValue: [], description: 'The groups it is in.' }) groupIds?:
    string[] | null;
  @Field(() => [String], {
    nullable: true,
    defaultValue: [],
    description: 'CIDR blocks from which the agent may connect; empty is anywhere.',
  })
  ipAllowlist?: string[] | null;
  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Probe address:agentPort before storing; false registers a node whose agent is not installed yet.',
  })
  validateConnection?: boolean | null;
}

@InputType({ description: 'Changes to a node: an absent field stays as it is, null clears it.' })
export class UpdateNodeInput {
  @Field(() => ID, { description: 'Which node.' }) id!: string;
  @Field(() => String, { nullable: true, description: 'Unique; up to 64 letters, digits and . _ -' }) name?:
    string | null;
  @Field(() => String, { nullable: true, description: 'IPv4, IPv6 or domain name.' }) address?: string | null;
  @Field(() => Int, { nullable: true, description: "Port of the agent's local API." }) agentPort?: number | null;
  @Field(() => NodeMode, { nullable: true, description: 'What is wanted of it.' }) mode?: NodeMode | null;
  @Field(() => [NodeTagInput], { nullable: true, description: 'The whole new list.' }) tags?: NodeTagInput[] | null;
  @Field(() => LocationInput, { nullable: true, description: 'Where it stands.' }) location?: LocationInput | null;
  @Field(() => Int, { nullable: true, description: '1 to 1000.' }) weight?: number | null;
  @Field(() => Int, { nullable: true, description: '1 or more; null is unlimited.' }) capacity?: number | null;
  @Field(() => [ID], { nullable: true, description: 'The whole new list.' }) groupIds?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'The whole new list.' }) ipAllowlist?: string[] | null;
}

@InputType({ description: 'All conditions have to hold; a condition left out always does.' })
export class NodeFilter {
  @Field(() => String, { nullable: true, description: 'Part of the name, the address or a tag.' }) search?:
    string | null;
  @Field(() => [ID], { nullable: true, description: 'In one of these groups.' }) groupIds?: string[] | null;
  @Field(() => [NodeHealth], { nullable: true, description: 'One of these.' }) health?: NodeHealth[] | null;
  @Field(() => [NodeStatus], { nullable: true, description: 'One of these.' }) status?: NodeStatus[] | null;
  @Field(() => [NodeMode], { nullable: true, description: 'One of these.' }) mode?: NodeMode[] | null;
  @Field(() => [NodeTagInput], { nullable: true, description: 'All of these.' }) tags?: NodeTagInput[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether something is wrong with it.' }) hasIssues?:
    boolean | null;
}

@InputType({ description: 'Order of a list; ties by id.' })
export class NodeOrder {
  @Field(() => NodeOrderField, { description: 'What to sort by.' }) field!: NodeOrderField;
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: OrderDirection;
}
