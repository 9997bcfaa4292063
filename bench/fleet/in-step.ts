import { setTimeout as sleep } from 'node:timers/promises';
import type { PanelApi } from '../support/panel-api.js';
import { progress } from '../support/result.js';

const LOOK_EVERY_MS = 250;
const PROGRESS_EVERY_MS = 10_000;
/** No node has come into step for so long. */
const PATIENCE_MS = 60_000;

interface Answer {
  cluster: { nodesBySyncState: { state: string; count: number }[] };
}

/** Nodes that run what they should, as the panel sees it. */
export async function nodesInStep(api: PanelApi): Promise<number> {
  const { cluster } = await api.gql<Answer>('{ cluster { nodesBySyncState { state count } } }');
  return cluster.nodesBySyncState.find(({ state }) => state === 'IN_SYNC')?.count ?? 0;
}

/** Waits until so many nodes run what they should: a fleet that is still being configured is not what is measured. */
export async function untilInStep(api: PanelApi, nodes: number, lookEveryMs = LOOK_EVERY_MS): Promise<void> {
  let [most, movedAtMs, toldAtMs] = [0, performance.now(), performance.now()];
  for (;;) {
    const inStep = await nodesInStep(api);
    if (inStep >= nodes) return;
    const nowMs = performance.now();
    if (inStep > most) [most, movedAtMs] = [inStep, nowMs];
    if (nowMs - movedAtMs > PATIENCE_MS) throw new Error(`Only ${inStep} of ${nodes} nodes have come into step`);
    if (nowMs - toldAtMs > PROGRESS_EVERY_MS) {
      toldAtMs = nowMs;
      progress(`${inStep} of ${nodes} nodes in step`);
    }
    await sleep(lookEveryMs);
  }
}
