import type { Fleet } from '../fleet/fleet.js';

/** What operators come to a panel for. Applied before the past is made up, so that charts show it too. */
export function makeProblems({ agents }: Fleet): void {
  const [stopped, refusing, busy] = [agents[7], agents[13], agents[21]];
  if (stopped) {
    stopped.xrayState = 'STOPPED';
    stopped.xrayStartedAt = null;
  }
  if (refusing) {
    refusing.refusal = 'Port 443 (TCP) is already in use on the node; the former configuration stays';
  }
  if (busy) {
    busy.walk.profile.leastCpu = 0.93;
    busy.walk.profile.busiestCpu = 0.03;
  }
}

/** Of a node that is there for the panel but not connected. */
export function cutOffOne({ agents }: Fleet): void {
  agents[34]?.disconnect();
}
