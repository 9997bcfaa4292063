// npm run bench -- list [--nodes N --seconds S]
//
// The dashboard's list of nodes: the first page, a page near the end and a page sorted by load, over 20 connections.
// Beside it graphql-js alone on the same page in memory: no HTTP, no access control, no database.
import { Fleet } from './fleet/fleet.js';
import { plainNodes } from './fleet/plain-nodes.js';
import { bareExecutionsPerSecond } from './list/bare-execution.js';
import { LIST_QUERY, type ListPage, type ListVariables } from './list/list-query.js';
import { measurePage, type PageFigures } from './list/measure-page.js';
import { forEachBounded } from './support/bounded.js';
import { assertFileLimit } from './support/file-limit.js';
import { readOptions } from './support/options.js';
import { withPanel, type Panel } from './support/panel.js';
import { PostgresStatistics } from './support/postgres-statistics.js';
import { printFigure } from './support/result.js';

const DEEP = 0.9;
const PAGE_SIZE = 50;
const REPORTS_IN_FLIGHT = 100;

const options = readOptions({ nodes: 2_000, seconds: 5 });
assertFileLimit(options.nodes);

const UNITS: Record<keyof PageFigures, [name: string, unit: string]> = {
  requestsPerSecond: ['requests per second', 'requests/s'],
  p50Ms: ['latency p50', 'ms'],
  p99Ms: ['latency p99', 'ms'],
  panelCpuMs: ['panel CPU per request', 'ms'],
  postgresCpuMs: ['PostgreSQL CPU per request', 'ms'],
  rowsRead: ['rows that PostgreSQL read per request', 'rows'],
};

function printPage(page: string, figures: PageFigures, barePagesPerSecond: number): void {
  for (const key of Object.keys(UNITS) as (keyof PageFigures)[]) {
    const [name, unit] = UNITS[key];
    const beside = { requestsPerSecond: barePagesPerSecond, panelCpuMs: 1_000 / barePagesPerSecond }[key as string];
    printFigure({
      bench: 'list',
      figure: `${page}: ${name}`,
      value: figures[key],
      unit,
      ...(beside !== undefined && { comparedWith: 'graphql-js alone, in memory, one core', comparedValue: beside }),
      note: `${options.nodes} nodes, pages of ${PAGE_SIZE}, 20 connections`,
    });
  }
}

async function cursorAt(panel: Panel, share: number): Promise<string> {
  const pages = Math.max(1, Math.floor((options.nodes * share) / PAGE_SIZE));
  let after: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const query = 'query ($after: String) { nodes(first: 50, after: $after) { pageInfo { endCursor } } }';
    const answer: ListPage = await panel.api.gql<ListPage>(query, { after });
    after = answer.nodes.pageInfo.endCursor;
  }
  if (after === null) throw new Error('The list has no cursor');
  return after;
}

await withPanel(async (panel) => {
  const fleet = await Fleet.join({ api: panel.api, nodes: plainNodes(options.nodes) });
  await forEachBounded(fleet.agents, REPORTS_IN_FLIGHT, (agent) => agent.report());
  const statistics = await PostgresStatistics.open(panel.dataDir);
  try {
    const page = await panel.api.gql<ListPage>(LIST_QUERY);
    const bare = await bareExecutionsPerSecond(page, options.seconds);
    const measure = (variables: ListVariables) => measurePage(panel, statistics, variables, options.seconds);
    printPage('first page', await measure({}), bare);
    printPage(`page at ${100 * DEEP} %`, await measure({ after: await cursorAt(panel, DEEP) }), bare);
    printPage('sorted by load', await measure({ orderBy: { field: 'LOAD', direction: 'DESC' } }), bare);
  } finally {
    await statistics.close();
    fleet.close();
  }
});
