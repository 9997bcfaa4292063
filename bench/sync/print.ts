import { percentile } from '../support/percentile.js';
import { printFigure, type Figure } from '../support/result.js';
import type { ChangeFigures } from './changes.js';
import type { CreatedUser, UserTimes } from './measure-users.js';
import type { ReconnectFigures } from './reconnect.js';
import type { RestartFigures } from './restarts.js';

interface Sizes {
  nodes: number;
  users: number;
  samples: number;
  rate: number;
  edits: number;
  restarts: number;
  connections: number;
}

type Line = Omit<Figure, 'bench' | 'note'>;

const RESTART = 'restart of Xray with all users, on an idle machine, without a panel';
const SHARES = [0.5, 0.99] as const;
const nameOf = (share: number): string => `p${100 * share}`;

export function printChanges(sizes: Sizes, changes: ChangeFigures, restarts: RestartFigures): void {
  const { nodes, users, samples, rate, edits } = sizes;
  const note = `${nodes} simulated nodes and a real one, 3 proxies, ${users} users; ${samples} more, ${rate} a second`;
  const print = (line: Line): void => printFigure({ bench: 'sync', ...line, note });
  printTimes(print, changes.adding.result, restarts);
  const most = (values: number[]): number => Math.max(...values);
  print({
    figure: `open connections that user changes ended, of ${sizes.connections}`,
    value: changes.dropped.byUsers,
    unit: 'connections',
    comparedWith: RESTART,
    comparedValue: most(restarts.dropped),
  });
  print({
    figure: `${samples} users removed at once: all nodes in step after`,
    value: changes.removing.result,
    unit: 'ms',
  });
  const edited = changes.editing.result;
  print({ figure: 'a proxy edited: all nodes in step after, median', value: percentile(edited, 0.5), unit: 'ms' });
  print({ figure: 'a proxy edited: all nodes in step after, longest', value: most(edited), unit: 'ms' });
  print({
    figure: 'open connections on other proxies that the edits ended',
    value: changes.dropped.byEdits,
    unit: 'connections',
  });
  printCosts(print, changes, { users: samples, edits, nodes });
}

function printTimes(print: (line: Line) => void, created: readonly CreatedUser[], restarts: RestartFigures): void {
  const times = (of: (times: UserTimes) => number) => created.map((user) => of(user.times));
  const rows: [string, number[], boolean][] = [
    ['createUser until the real Xray accepts the user on every proxy', times(({ accepted }) => accepted), true],
    ['its answer until then', times(({ accepted, answered }) => accepted - answered), true],
    ['createUser until all simulated nodes have it', times(({ simulated }) => simulated), false],
    ['createUser until the panel says that every node has it', times(({ everywhere }) => everywhere), false],
    ['createUser until its answer', times(({ answered }) => answered), false],
  ];
  for (const [name, values, isComparable] of rows) {
    for (const share of SHARES) {
      print({
        figure: `${name}, ${nameOf(share)}`,
        value: percentile(values, share),
        unit: 'ms',
        ...(isComparable && { comparedWith: RESTART, comparedValue: percentile(restarts.acceptedMs, share) }),
      });
    }
  }
}

interface Divisors {
  users: number;
  edits: number;
  nodes: number;
}

function printCosts(print: (line: Line) => void, changes: ChangeFigures, { users, edits, nodes }: Divisors): void {
  const { adding, editing, configurationBytes } = changes;
  print({ figure: 'whole configuration of a node', value: configurationBytes, unit: 'bytes' });
  const whole = { comparedWith: 'whole configuration', comparedValue: configurationBytes };
  const perUser = nodes * users;
  print({
    figure: 'a user: bytes to each node',
    value: adding.traffic.receivedBytes / perUser,
    unit: 'bytes',
    ...whole,
  });
  print({ figure: 'a user: bytes from each node', value: adding.traffic.sentBytes / perUser, unit: 'bytes' });
  print({ figure: 'a user: whole configurations sent', value: adding.traffic.whole, unit: 'commands' });
  const perEdit = nodes * edits;
  print({
    figure: 'an edit: bytes to each node',
    value: editing.traffic.receivedBytes / perEdit,
    unit: 'bytes',
    ...whole,
  });
  print({ figure: 'an edit: bytes from each node', value: editing.traffic.sentBytes / perEdit, unit: 'bytes' });
  for (const [what, { cpuMs }, count] of [
    ['a user', adding, users],
    ['an edit', editing, edits],
  ] as const) {
    for (const [party, value] of Object.entries(cpuMs)) {
      print({ figure: `${what}: CPU of ${party}`, value: value / count, unit: 'ms' });
    }
  }
  print({ figure: 'RSS of the panel', value: changes.panelRssMib, unit: 'MiB' });
  print({ figure: 'RSS of the agent', value: changes.agentRssMib, unit: 'MiB' });
}

export function printReconnect(
  agents: number,
  { shares, receivedBytes, sentBytes, ...figures }: ReconnectFigures,
): void {
  const note = `${agents} agents in step, all at once, 50 handshakes at a time; bytes are of HTTP and WebSocket inside of TLS`;
  const print = (figure: string, value: number, unit: string): void =>
    printFigure({ bench: 'sync', figure: `reconnecting: ${figure}`, value, unit, note });
  print('bytes to each agent, median', receivedBytes.p50, 'bytes');
  print('bytes to each agent, most', receivedBytes.most, 'bytes');
  print('bytes from each agent, median', sentBytes.p50, 'bytes');
  print('bytes from each agent, most', sentBytes.most, 'bytes');
  print('configuration commands', figures.configurationCommands, 'commands');
  print('time until all are connected', figures.seconds, 's');
  print('CPU of the panel for each', (1_000 * shares.server * shares.seconds) / agents, 'ms');
  print('CPU of PostgreSQL for each', (1_000 * shares.postgres * shares.seconds) / agents, 'ms');
}
