// npm run bench -- history [--requests N]
//
// A chart of one node that has reported every 10 seconds for a day: 24 hours come from the one-minute averages, 2 hours
// from the samples as they came.
import { setTimeout as sleep } from 'node:timers/promises';
import { Fleet } from './fleet/fleet.js';
import { plainNodes } from './fleet/plain-nodes.js';
import type { SimulatedAgent } from './fleet/simulated-agent.js';
import { readOptions } from './support/options.js';
import { withPanel, type Panel } from './support/panel.js';
import { percentile } from './support/percentile.js';
import { PostgresStatistics } from './support/postgres-statistics.js';
import { printFigure, progress } from './support/result.js';

const HOUR_MS = 3_600_000;
const INTERVAL_MS = 10_000;
const HOURS = 24;
const SAMPLES_PER_CALL = 360;
const POINTS = 300;
const MINUTES = HOURS * 60;
/** The newest minutes wait for stragglers, and the first may be cut. */
const MINUTES_OPEN = 5;
const ROLL_UP_PATIENCE_MS = 150_000;
const METRIC_TABLES = '^node_metrics';

const options = readOptions({ requests: 200 });

const HISTORY = `query History($id: ID!, $range: TimeRangeInput!, $points: Int!) {
  node(id: $id) {
    metricsHistory(range: $range, points: $points) {
      at cpu memory disk loadAverage uplinkRate downlinkRate connections onlineUsers
    }
  }
}`;

async function backfill(agent: SimulatedAgent): Promise<void> {
  const now = Date.now();
  const startedMs = performance.now();
  for (let at = now - HOURS * HOUR_MS; at < now; at += SAMPLES_PER_CALL * INTERVAL_MS) {
    const times = Array.from({ length: SAMPLES_PER_CALL }, (_, index) => at + index * INTERVAL_MS);
    await agent.send(times.filter((time) => time < now).map((time) => agent.sample(new Date(time))));
  }
  progress(`a day of samples stored in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
}

/** The job runs each minute; it has done its work when nearly every minute of the day has an average. */
async function untilRolledUp(statistics: PostgresStatistics): Promise<boolean> {
  for (const endMs = performance.now() + ROLL_UP_PATIENCE_MS; performance.now() < endMs; await sleep(2_000)) {
    const averages = await statistics.rows('^node_metrics_1m');
    const late = await statistics.rows('^metric_late$');
    const open = late.inserted - late.deleted;
    if (averages.inserted >= MINUTES - MINUTES_OPEN && open <= MINUTES_OPEN) return true;
  }
  return false;
}

interface HistoryAnswer {
  node: { metricsHistory: object[] };
}

async function measure(panel: Panel, statistics: PostgresStatistics, nodeId: string, hours: number) {
  const to = Date.now();
  const range = { from: new Date(to - hours * HOUR_MS), to: new Date(to) };
  const ask = () => panel.api.gql<HistoryAnswer>(HISTORY, { id: nodeId, range, points: POINTS });
  for (let warmUp = 0; warmUp < 10; warmUp += 1) await ask();
  const { result, rows } = await statistics.rowsRead(METRIC_TABLES, async () => {
    const timesMs: number[] = [];
    let points = 0;
    for (let request = 0; request < options.requests; request += 1) {
      const startedMs = performance.now();
      points = (await ask()).node.metricsHistory.length;
      timesMs.push(performance.now() - startedMs);
    }
    return { timesMs, points };
  });
  return {
    medianMs: percentile(result.timesMs, 0.5),
    p99Ms: percentile(result.timesMs, 0.99),
    rowsRead: rows / options.requests,
    points: result.points,
  };
}

await withPanel(async (panel) => {
  const fleet = await Fleet.join({ api: panel.api, nodes: plainNodes(1) });
  const statistics = await PostgresStatistics.open(panel.dataDir);
  try {
    const [agent] = fleet.agents;
    if (!agent) throw new Error('The fleet is empty');
    await backfill(agent);
    progress('waiting for the roll-up, which runs each minute');
    const rolledUp = await untilRolledUp(statistics);
    const day = await measure(panel, statistics, agent.nodeId, HOURS);
    const raw = await measure(panel, statistics, agent.nodeId, 2);
    const print = (figure: string, unit: string, value: number, comparedValue: number): void =>
      printFigure({
        bench: 'history',
        figure: `24 h: ${figure}`,
        value,
        unit,
        comparedWith: `2 h of samples as they came, ${raw.points} points`,
        comparedValue,
        note: `${options.requests} requests one after another, ${day.points} points${rolledUp ? '' : '; the roll-up was not complete in time'}`,
      });
    print('median', 'ms', day.medianMs, raw.medianMs);
    print('p99', 'ms', day.p99Ms, raw.p99Ms);
    print('rows read per request', 'rows', day.rowsRead, raw.rowsRead);
  } finally {
    await statistics.close();
    fleet.close();
  }
});
