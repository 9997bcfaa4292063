import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../context.js';
import { BoundedStream, ConflatedStream, flattened } from '../../platform/events/conflate.js';
import type { Connection } from '../../platform/graphql/paging.js';
import { openStream } from '../../platform/graphql/stream.js';
import { ApiScope, ViewerKind } from '../access/index.js';
import { Node } from '../nodes/index.js';
import {
  LogLine,
  LogSource,
  NodeCommandConnection,
  RunNodeCommandInput,
  RunNodeCommandPayload,
} from './agent.types.js';
import type { CommandService } from './command.service.js';
import type { LogService } from './log.service.js';
import { NodeCommand } from './node-command.entity.js';

const COMMAND_CHANGES_EVERY_MS = 100;
const LINES_WAITING = 1_000;
const SNAPSHOT_LINES = 100;

function commandChanges({ args, context }: { args: { commandIds?: string[] | null }; context: Context }) {
  const { events, commands } = context.services;
  const wanted = args.commandIds ? new Set(args.commandIds) : undefined;
  const live = () =>
    flattened(
      new ConflatedStream<string, string>(COMMAND_CHANGES_EVERY_MS, (push) =>
        events.on('commandChanged', ({ commandId }) => {
          if (!wanted || wanted.has(commandId)) push(commandId, commandId);
        }),
      ),
      (ids) => commands.byIds(ids),
    );
  const snapshot = async () => commands.byIds(args.commandIds ?? (await commands.openIds()));
  return openStream({ live, snapshot }, context.streamPart);
}

function logLines({ args, context }: { args: { nodeId: string }; context: Context }) {
  const { events, logs } = context.services;
  const live = () =>
    new BoundedStream<LogLine>(
      LINES_WAITING,
      (push) =>
        events.on('nodeLogs', ({ nodeId, lines }) => {
          if (nodeId !== args.nodeId) return;
          for (const { at, source, text } of lines) push({ at: new Date(at), source: LogSource[source], text });
        }),
      (count) => ({ at: new Date(), source: LogSource.AGENT, text: `… ${count} lines were left out here` }),
    );
  return openStream({ live, snapshot: () => logs.newest(args.nodeId, SNAPSHOT_LINES) }, context.streamPart);
}

/** What administrators do with agents: commands and logs. */
@Resolver(() => NodeCommand)
export class CommandResolver {
  constructor(private readonly commands: CommandService) {}

  @Authorized(ApiScope.NODES_WRITE)
  @Mutation(() => RunNodeCommandPayload, {
    description:
      'Tells nodes to do something, 10 minutes long if they are not connected. All nodes exist or none is told.',
  })
  async runNodeCommand(
    @Arg('input', () => RunNodeCommandInput) input: RunNodeCommandInput,
    @Ctx() { principal }: Context,
  ): Promise<RunNodeCommandPayload> {
    const issuedBy = principal?.kind === ViewerKind.ADMIN ? principal.name : '';
    return { commands: await this.commands.run(input.nodeIds, input.kind, issuedBy) };
  }

  @FieldResolver(() => Node, { description: 'The node it is for.' })
  node(@Root() command: NodeCommand, @Ctx() { loaders }: Context): Promise<Node | null> {
    return loaders.node.load(command.nodeId);
  }

  @Authorized(ApiScope.NODES_READ)
  @Subscription(() => NodeCommand, {
    subscribe: commandChanges,
    description:
      'First the commands of these ids (all unfinished ones, when null) as they are, then each change of state.',
  })
  commandChanged(
    @Root() command: NodeCommand,
    @Arg('commandIds', () => [ID], { nullable: true }) _commandIds?: string[] | null,
  ): NodeCommand {
    return command;
  }

  @Authorized(ApiScope.NODES_READ)
  @Subscription(() => LogLine, {
    subscribe: logLines,
    description: 'First the newest 100 lines that the panel has, then each new one as the agent reports it.',
  })
  nodeLogs(@Root() line: LogLine, @Arg('nodeId', () => ID) _nodeId: string): LogLine {
    return line;
  }
}

/** The part of a node that agents fill. */
@Resolver(() => Node)
export class NodeAgentResolver {
  constructor(
    private readonly commandService: CommandService,
    private readonly logService: LogService,
  ) {}

  @FieldResolver(() => NodeCommandConnection, { description: 'What it was told to do, newest first.' })
  commands(
    @Root() node: Node,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<NodeCommand>> {
    return this.commandService.list(node.id, first, after);
  }

  @FieldResolver(() => [LogLine], {
    description: 'The newest lines of its logs that the panel has, oldest first; at most 1000.',
  })
  logs(
    @Root() node: Node,
    @Arg('last', () => Int, { nullable: true, defaultValue: 200 }) last: number,
  ): Promise<LogLine[]> {
    return this.logService.newest(node.id, last);
  }
}
