import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeUser } from '../fleet/node-configuration.js';
import { createUser, isKnownEverywhere } from '../support/service.js';
import { emailOf } from './accounts.js';
import type { Scene } from './scene.js';
import { newCredentials } from './service.js';
import { until } from './until.js';

const LOOK_EVERY_MS = 5;
const ASK_EVERY_MS = 20;

/** Milliseconds since createUser was called. */
export interface UserTimes {
  answered: number;
  /** Every inbound of the real Xray accepts the user. */
  accepted: number;
  /** The panel has acknowledged to every simulated node that it has the user. */
  simulated: number;
  /** The panel answers that every node has the user. */
  everywhere: number;
}

export interface CreatedUser extends NodeUser {
  times: UserTimes;
}

/** So many users one after another, at a steady rate whether or not the earlier ones have arrived. */
export async function measureUsers(scene: Scene, count: number, perSecond: number): Promise<CreatedUser[]> {
  const startMs = performance.now();
  const users: Promise<CreatedUser>[] = [];
  for (let index = 0; index < count; index += 1) {
    await sleep(Math.max(0, startMs + (index / perSecond) * 1_000 - performance.now()));
    const user = follow(scene, `new-${index}`);
    user.catch(() => undefined); // told below
    users.push(user);
  }
  return Promise.all(users);
}

async function follow({ panel: { api }, service, tags, node, watch }: Scene, username: string): Promise<CreatedUser> {
  const calledMs = performance.now();
  const credentials = newCredentials();
  const id = await createUser(api, { username, groupIds: [service.groupId], ...credentials });
  const answered = performance.now() - calledMs;
  const acceptedByXray = async (): Promise<number> => {
    for (const tag of tags) {
      const email = emailOf(id, tag);
      await until(`Xray to accept ${username}`, LOOK_EVERY_MS, () => node.accepts(tag, email));
    }
    return performance.now() - calledMs;
  };
  const [accepted, simulatedAtMs] = await Promise.all([acceptedByXray(), watch.everyoneHas(id)]);
  await until(`every node to have ${username}`, ASK_EVERY_MS, () => isKnownEverywhere(api, id));
  const everywhere = performance.now() - calledMs;
  return { id, ...credentials, times: { answered, accepted, simulated: simulatedAtMs - calledMs, everywhere } };
}
