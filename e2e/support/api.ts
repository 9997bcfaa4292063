import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface GraphQLFault {
  message: string;
  extensions: { code: string; fields?: { path: string; message: string }[] };
}

export interface Answer<T> {
  data: T | null;
  errors?: GraphQLFault[];
}

/** The public API as an integration uses it: fetch and graphql-ws. */
export class Api {
  private accessToken = '';

  constructor(
    private readonly url: string,
    private readonly password: string,
  ) {}

  async signIn(): Promise<void> {
    const { login } = await this.ask<{ login: { accessToken: string } }>(
      'mutation($p: String!) { login(input: { username: "admin", password: $p }) { accessToken } }',
      { p: this.password },
    );
    this.accessToken = login.accessToken;
  }

  /** The whole answer, errors included. */
  async answer<T>(query: string, variables: object = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.accessToken && { authorization: `Bearer ${this.accessToken}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<T>;
  }

  /** The data; throws when there are errors. */
  async ask<T>(query: string, variables: object = {}): Promise<T> {
    const { data, errors } = await this.answer<T>(query, variables);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data;
  }

  socket(): Client {
    return createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.accessToken}` },
      retryAttempts: 0,
    });
  }

  /** Creates a node and answers its id and what joins it. */
  async createNode(name: string, agentPort: number, more: object = {}): Promise<CreatedNode> {
    const { createNode } = await this.ask<{ createNode: Omit<CreatedNode, 'id'> & { node: { id: string } } }>(
      `mutation($input: CreateNodeInput!) {
        createNode(input: $input) { node { id } joinToken installCommand }
      }`,
      { input: { name, address: '127.0.0.1', agentPort, ...more } },
    );
    return { id: createNode.node.id, joinToken: createNode.joinToken, installCommand: createNode.installCommand };
  }

  async node(id: string): Promise<NodeView> {
    const { node } = await this.ask<{ node: NodeView }>(
      `query($id: ID!) { node(id: $id) {
        id name status issues { kind } agent { connected version hostname lastSeenAt connectedAt }
        xray { state version startedAt } metrics { at cpu memory disk connections }
        onboarding { tokenUsedAt tlsVerifiedAt registeredAt xrayStartedAt firstMetricsAt problem }
        logs(last: 300) { source text }
      } }`,
      { id },
    );
    return node;
  }

  /** The node is connected and its Xray runs. A busy machine is no fault of it: that is why its status is not asked for. */
  async isUp(id: string): Promise<boolean> {
    const { agent, xray } = await this.node(id);
    return agent.connected && xray.state === 'RUNNING';
  }

  async runCommand(nodeId: string, kind: string): Promise<string> {
    const { runNodeCommand } = await this.ask<{ runNodeCommand: { commands: { id: string }[] } }>(
      'mutation($id: ID!, $kind: NodeCommandKind!) { runNodeCommand(input: { nodeIds: [$id], kind: $kind }) { commands { id } } }',
      { id: nodeId, kind },
    );
    return runNodeCommand.commands[0]!.id;
  }

  async command(nodeId: string, id: string): Promise<CommandView> {
    const { node } = await this.ask<{ node: { commands: { nodes: CommandView[] } } }>(
      'query($id: ID!) { node(id: $id) { commands { nodes { id state output error deliveredAt finishedAt } } } }',
      { id: nodeId },
    );
    const found = node.commands.nodes.find((command) => command.id === id);
    if (!found) throw new Error('The command is not listed');
    return found;
  }
}

export interface CreatedNode {
  id: string;
  joinToken: string;
  installCommand: string;
}

export interface CommandView {
  id: string;
  state: string;
  output: string | null;
  error: string | null;
}

export interface NodeView {
  id: string;
  name: string;
  status: string;
  issues: { kind: string }[];
  agent: {
    connected: boolean;
    version: string | null;
    hostname: string | null;
    lastSeenAt: string;
    connectedAt: string | null;
  };
  xray: { state: string; version: string | null; startedAt: string | null };
  metrics: { at: string; cpu: number; memory: number; disk: number; connections: number } | null;
  onboarding: Record<
    'tokenUsedAt' | 'tlsVerifiedAt' | 'registeredAt' | 'xrayStartedAt' | 'firstMetricsAt' | 'problem',
    string | null
  >;
  logs: { source: string; text: string }[];
}
