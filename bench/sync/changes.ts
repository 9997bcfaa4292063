import type { NodeConfiguration, NodeUser } from '../fleet/node-configuration.js';
import { rssMib } from '../support/process-usage.js';
import { progress } from '../support/result.js';
import { deleteUsers, updateProxy } from '../support/service.js';
import { Client } from './client.js';
import { measureUsers, type CreatedUser } from './measure-users.js';
import { OpenConnections } from './open-connections.js';
import type { Phase, Scene } from './scene.js';

interface Counts {
  samples: number;
  rate: number;
  edits: number;
}

export interface ChangeFigures {
  /** What a node ran before, and one of its users. */
  configuration: NodeConfiguration;
  configurationBytes: number;
  user: NodeUser;
  adding: Phase<CreatedUser[]>;
  /** Until all nodes are in step again. */
  removing: Phase<number>;
  editing: Phase<number[]>;
  /** Open connections that were ended: by all changes of users, and by the edits on the proxies that were not edited. */
  dropped: { byUsers: number; byEdits: number };
  panelRssMib: number;
  agentRssMib: number;
}

/** Users that come and go, and edits of a proxy. */
export async function measureChanges(scene: Scene, { samples, rate, edits }: Counts): Promise<ChangeFigures> {
  progress(`${samples} users, ${rate} a second`);
  const adding = await scene.during(() => measureUsers(scene, samples, rate));
  await assertServed(scene, adding.result.at(-1));
  progress('these users are removed');
  const removing = await scene.during(() => remove(scene, adding.result));
  const byUsers = await scene.connections.dropped();
  const editing = await scene.during(() => edit(scene, edits));
  const byEdits = await scene.connections.dropped((tag) => tag !== scene.service.edited.id);
  return {
    configuration: scene.configuration,
    configurationBytes: scene.configurationBytes,
    user: scene.service.user,
    adding,
    removing,
    editing,
    dropped: { byUsers, byEdits },
    panelRssMib: rssMib(scene.panel.pid),
    agentRssMib: scene.node.rssMib(),
  };
}

/** What Xray says of its users is believed because of this: the newest gets through every proxy. */
async function assertServed({ options, configuration }: Scene, user: NodeUser | undefined): Promise<void> {
  if (!user) throw new Error('No user was created');
  const client = await Client.start(options, configuration.inbounds, user);
  const connections = await OpenConnections.open(client.ways, client.ways.size, options.echoPort);
  connections.close();
  await client.stop();
}

function remove(scene: Scene, users: readonly NodeUser[]): Promise<number> {
  const ids = users.map(({ id }) => id);
  return untilInStepAfter(scene, () => deleteUsers(scene.panel.api, ids));
}

/** One edit after another, each when all nodes are in step. */
async function edit(scene: Scene, edits: number): Promise<number[]> {
  const { id, inbound } = scene.service.edited;
  const timesMs: number[] = [];
  for (let number = 1; number <= edits; number += 1) {
    const edited = {
      ...inbound,
      streamSettings: { ...inbound.streamSettings, wsSettings: { path: `/edit-${number}` } },
    };
    timesMs.push(await untilInStepAfter(scene, () => updateProxy(scene.panel.api, { id, inbound: edited })));
    progress(`proxy edited: all nodes in step after ${timesMs.at(-1)?.toFixed(0)} ms`);
  }
  return timesMs;
}

async function untilInStepAfter(scene: Scene, change: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await change();
  await scene.untilInStep();
  return performance.now() - startedMs;
}
