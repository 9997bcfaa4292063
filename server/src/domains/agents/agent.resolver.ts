import { Arg, Authorized, Ctx, Mutation, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../../context.js';
import { AppError } from '../../platform/errors.js';
import { ViewerKind, type AgentPrincipal } from '../access/index.js';
import type { MetricIngest } from '../metrics/index.js';
import type { ConfigurationDelivery } from './agent-work.js';
import {
  AgentCommand,
  CompleteCommandInput,
  CompleteCommandPayload,
  LogLineInput,
  MetricSampleInput,
  RegisterAgentInput,
  RegisterAgentPayload,
  ReportLogsPayload,
  ReportMetricsPayload,
} from './agent.types.js';
import type { CommandService } from './command.service.js';
import type { ProbeMail } from './probe-mail.js';
import type { LogService } from './log.service.js';
import type { RegistrationService } from './registration.service.js';

/** The connection on which an agent's operation came. */
export interface AgentRequest {
  /** The join token was exchanged: from here on the connection is the node's. */
  becomeNode(principal: AgentPrincipal): void;
}

function agentOf({ principal }: Context): AgentPrincipal {
  if (principal?.kind !== ViewerKind.AGENT) throw new AppError('FORBIDDEN', "Only a node's agent may do that");
  return principal;
}

/** The operations of agents: all that there is on the agent listener, and only there. */
@Resolver()
export class AgentResolver {
  constructor(
    private readonly registration: RegistrationService,
    private readonly ingest: MetricIngest,
    private readonly logs: LogService,
    private readonly commands: CommandService,
    private readonly configuration: ConfigurationDelivery,
    private readonly probes: ProbeMail,
  ) {}

  @Authorized('JOINING_AGENT')
  @Mutation(() => RegisterAgentPayload, { description: 'At every start of an agent. A join token is spent by it.' })
  async registerAgent(
    @Arg('input', () => RegisterAgentInput) input: RegisterAgentInput,
    @Ctx() context: Context,
  ): Promise<RegisterAgentPayload> {
    const { payload, principal } = await this.registration.register(agentOf(context), input);
    await this.configuration.registered(payload.nodeId, input.configRevision ?? null);
    context.agent?.becomeNode(principal);
    return payload;
  }

  @Authorized('AGENT')
  @Mutation(() => ReportMetricsPayload, {
    description: 'Answers when the samples are durable. One that comes twice is stored once.',
  })
  async reportMetrics(
    @Arg('samples', () => [MetricSampleInput]) samples: MetricSampleInput[],
    @Ctx() context: Context,
  ): Promise<ReportMetricsPayload> {
    await this.ingest.report(agentOf(context).nodeId, samples);
    return { accepted: samples.length };
  }

  @Authorized('AGENT')
  @Mutation(() => ReportLogsPayload, { description: 'New lines of the logs, at most 1000.' })
  async reportLogs(
    @Arg('lines', () => [LogLineInput]) lines: LogLineInput[],
    @Ctx() context: Context,
  ): Promise<ReportLogsPayload> {
    return { accepted: await this.logs.store(agentOf(context).nodeId, lines) };
  }

  @Authorized('AGENT')
  @Mutation(() => CompleteCommandPayload, { description: 'The outcome of a command; the first one counts.' })
  async completeCommand(
    @Arg('input', () => CompleteCommandInput) input: CompleteCommandInput,
    @Ctx() context: Context,
  ): Promise<CompleteCommandPayload> {
    const { nodeId } = agentOf(context);
    const { commandId } = input;
    if (this.probes.isOwn(commandId)) this.probes.completed(nodeId, input);
    else if (this.configuration.isOwn(commandId)) await this.configuration.completed(nodeId, input);
    else await this.commands.complete(nodeId, input);
    return { commandId: input.commandId };
  }

  @Authorized('AGENT')
  @Subscription(() => AgentCommand, {
    subscribe: ({ context }: { context: Context }) => context.services.agentWork.open(agentOf(context).nodeId),
    description:
      'The settings in force, what brings the node to its configuration, every command that is not finished, then each new one.',
  })
  agentCommands(@Root() command: AgentCommand): AgentCommand {
    return command;
  }
}
