import { Field, Float, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../../platform/graphql/scalars.js';

@ObjectType({
  description: 'How a node was at one moment, or on average over a bucket of time that begins then.',
  simpleResolvers: true,
})
export class MetricPoint {
  @Field(() => DateTime, { description: 'When the sample was taken, or when its bucket begins.' }) at!: Date;
  @Field(() => Float, { description: 'Share of all cores in use, 0 to 1.' }) cpu!: number;
  @Field(() => Float, { description: 'Share of memory that is not available, 0 to 1.' }) memory!: number;
  @Field(() => Float, { description: 'Share of the root file system in use, 0 to 1.' }) disk!: number;
  @Field(() => Float, { description: 'Load average over one minute.' }) loadAverage!: number;
  @Field(() => Float, { description: 'Bytes per second that the node sends.' }) uplinkRate!: number;
  @Field(() => Float, { description: 'Bytes per second that the node receives.' }) downlinkRate!: number;
  @Field(() => Int, { description: 'Established TCP connections.' }) connections!: number;
  @Field(() => Int, { description: 'Users with an open connection.' }) onlineUsers!: number;
}
