import { useEffect, useRef, useState } from 'react';
import { useClient, useMutation, useSubscription } from 'urql';
import { graphql, readFragment } from '../../../graphql/gen';
import type { CommandFieldsFragment, NodeCommandKind } from '../../../graphql/gen/graphql';
import { whenReconnected } from '../../../graphql/live';
import { advance, hasFailed, isFinished, type Progress, type Run } from './command-run';

export const CommandFields = graphql(`
  fragment CommandFields on NodeCommand {
    id
    kind
    state
    issuedBy
    issuedAt
    expiresAt
    deliveredAt
    finishedAt
    output
    error
    node {
      id
    }
  }
`);

const RunCommand = graphql(`
  mutation RunCommand($input: RunNodeCommandInput!) {
    runNodeCommand(input: $input) {
      commands {
        id
        node {
          id
        }
        ...CommandFields
      }
    }
  }
`);

const CommandChanged = graphql(`
  subscription CommandChanged($commandIds: [ID!]) {
    commandChanged(commandIds: $commandIds) {
      id
      node {
        id
      }
      ...CommandFields
    }
  }
`);

const NewestCommands = graphql(`
  query NewestCommands($nodeId: ID!) {
    node(id: $nodeId) {
      id
      commands(first: 5) {
        nodes {
          ...CommandFields
        }
      }
    }
  }
`);

const NONE: Run = new Map();
/** After a reconnection each unfinished node is asked by itself. */
const MOST_ASKED = 50;
/** Nodes that one runNodeCommand takes. */
const MOST_AT_ONCE = 1_000;

/** Live changes of commands; the cache keeps the histories that are on screen current. */
export function useCommandChanges(onChange?: (command: CommandFieldsFragment) => void): void {
  const handler = useRef(onChange);
  handler.current = onChange;
  useSubscription({ query: CommandChanged, variables: { commandIds: null } }, (_last, data) => {
    handler.current?.(readFragment(CommandFields, data.commandChanged));
    return null as never;
  });
}

/** Gives a command to many nodes and follows it on each. Mount it before: events that come early must not be missed. */
export function useCommandRun() {
  const client = useClient();
  const [run, setRun] = useState<Run>(NONE);
  const [{ error, fetching }, execute] = useMutation(RunCommand);
  const commandIds = useRef(new Set<string>());
  const early = useRef<Progress[]>([]);

  useCommandChanges((command) => {
    const progress = toProgress(command);
    if (commandIds.current.has(progress.commandId)) setRun((before) => advance(before, [progress]));
    else early.current.push(progress);
  });

  async function start(kind: NodeCommandKind, nodeIds: string[]): Promise<void> {
    early.current = [];
    for (let first = 0; first < nodeIds.length; first += MOST_AT_ONCE) {
      if (!(await give(kind, nodeIds.slice(first, first + MOST_AT_ONCE)))) return;
    }
  }

  /** False when the panel has refused; the error is shown. */
  async function give(kind: NodeCommandKind, nodeIds: string[]): Promise<boolean> {
    const { data } = await execute({ input: { kind, nodeIds } });
    if (!data) return false;
    const given = data.runNodeCommand.commands.map((command) => toProgress(readFragment(CommandFields, command)));
    for (const { commandId } of given) commandIds.current.add(commandId);
    const overtook = early.current.filter(({ commandId }) => commandIds.current.has(commandId));
    setRun((before) => advance(advance(before, given), overtook));
    return true;
  }

  const open = [...run.values()].filter((progress) => !isFinished(progress)).map(({ nodeId }) => nodeId);
  const unfinished = useRef(open);
  unfinished.current = open;
  useEffect(() => {
    async function ask(nodeId: string) {
      const { data } = await client.query(NewestCommands, { nodeId }, { requestPolicy: 'network-only' });
      const commands = readFragment(CommandFields, data?.node?.commands.nodes ?? []);
      const ours = commands.map(toProgress).filter(({ commandId }) => commandIds.current.has(commandId));
      setRun((before) => advance(before, ours));
    }
    return whenReconnected(() => {
      for (const nodeId of unfinished.current.slice(0, MOST_ASKED)) void ask(nodeId);
    });
  }, [client]);

  const failedNodes = [...run.values()].filter(hasFailed).map(({ nodeId }) => nodeId);
  return { run, start, error, starting: fetching, failedNodes };
}

function toProgress({ id, node, state, output, error }: CommandFieldsFragment): Progress {
  return { nodeId: node.id, commandId: id, state, output: output ?? null, error: error ?? null };
}
