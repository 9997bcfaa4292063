import autocannon from 'autocannon';
import { measureCpu } from '../support/cpu-meter.js';
import type { Panel } from '../support/panel.js';
import type { PostgresStatistics } from '../support/postgres-statistics.js';
import { LIST_QUERY, type ListVariables } from './list-query.js';

const CONNECTIONS = 20;
const WARM_UP_SECONDS = 1;
const EVERY_TABLE = '.';

export interface PageFigures {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  panelCpuMs: number;
  postgresCpuMs: number;
  rowsRead: number;
}

/** The same page asked for again and again over 20 connections, from a thread of its own. */
export async function measurePage(
  panel: Panel,
  statistics: PostgresStatistics,
  variables: ListVariables,
  seconds: number,
): Promise<PageFigures> {
  const run = async (duration: number) =>
    autocannon({
      url: `${panel.api.url}/graphql`,
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await panel.api.accessToken()}` },
      body: JSON.stringify({ query: LIST_QUERY, variables }),
      connections: CONNECTIONS,
      duration,
      workers: 1,
    });
  await run(WARM_UP_SECONDS);
  const processes = { pid: panel.pid, postgresPid: panel.postgresPid };
  const { result: measured, rows } = await statistics.rowsRead(EVERY_TABLE, () =>
    measureCpu(processes, () => run(seconds)),
  );
  const { result, shares } = measured;
  const failed = result.non2xx + result.errors + result.timeouts;
  if (failed > 0) throw new Error(`${failed} of ${result['2xx']} requests failed`);
  const cpuMs = (cores: number): number => (1_000 * cores * shares.seconds) / result['2xx'];
  return {
    requestsPerSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    panelCpuMs: cpuMs(shares.server),
    postgresCpuMs: cpuMs(shares.postgres),
    rowsRead: rows / result['2xx'],
  };
}
