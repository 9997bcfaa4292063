// npm run bench -- ingest [--agents N --seconds S]
//
// How many metric reports one panel process takes, durably, over as many TLS connections as there are agents, and what
// one report costs. Beside it, in the same run, the same fleet against the bare stack, which stores nothing.
import { Child } from './bare/child.js';
import type { BareStackReady } from './bare/stack.js';
import { AgentServer } from './fleet/agent-server.js';
import { Fleet } from './fleet/fleet.js';
import { plainNodes } from './fleet/plain-nodes.js';
import { measureIngest, type IngestFigures } from './ingest/measure-ingest.js';
import { assertFileLimit } from './support/file-limit.js';
import { readOptions } from './support/options.js';
import { withPanel } from './support/panel.js';
import { printFigure, progress } from './support/result.js';

const options = readOptions({ agents: 1_000, seconds: 5 });
assertFileLimit(options.agents);

async function ofPanel(): Promise<IngestFigures> {
  return withPanel(async (panel) => {
    const fleet = await Fleet.join({ api: panel.api, nodes: plainNodes(options.agents) });
    try {
      return await measureIngest(fleet, { pid: panel.pid, postgresPid: panel.postgresPid }, options.seconds);
    } finally {
      fleet.close();
    }
  });
}

async function ofBareStack(): Promise<IngestFigures> {
  const child = await Child.start<BareStackReady>('bare/stack.js');
  try {
    const server = new AgentServer(child.ready.url, child.ready.ca);
    const tokens = Array.from({ length: options.agents }, (_, index) => `agent-${index}`);
    const fleet = await Fleet.connect({ server, tokens });
    try {
      return await measureIngest(fleet, { pid: child.pid }, options.seconds);
    } finally {
      fleet.close();
    }
  } finally {
    await child.stop();
  }
}

progress(`panel, ${options.agents} agents`);
const panel = await ofPanel();
progress(`bare stack, ${options.agents} agents`);
const bare = await ofBareStack();

const UNITS: Record<keyof IngestFigures['values'], string> = {
  'reports per second, highest': 'reports/s',
  'CPU per report': 'µs',
  'reports per second of a whole core (1 / CPU per report)': 'reports/s',
  'acknowledgement p50 at that load': 'ms',
  'acknowledgement p99 at that load': 'ms',
  'acknowledgement p50 at 70 % of it': 'ms',
  'acknowledgement p99 at 70 % of it': 'ms',
  'PostgreSQL CPU per report': 'µs',
  'RSS of the process': 'MiB',
  'one report per agent per 10 s: acknowledgement p50': 'ms',
  'one report per agent per 10 s: acknowledgement p99': 'ms',
  'one report per agent per 10 s: share of a core': '%',
  'one report per agent per 10 s: PostgreSQL share of a core': '%',
  'one report per agent per 10 s: RSS': 'MiB',
};

for (const figure of Object.keys(UNITS) as (keyof IngestFigures['values'])[]) {
  const comparable = !figure.includes('PostgreSQL');
  const limits = `; panel ${panel.limit}; bare stack ${bare.limit}`;
  printFigure({
    bench: 'ingest',
    figure,
    value: panel.values[figure],
    unit: UNITS[figure],
    ...(comparable && { comparedWith: 'bare stack', comparedValue: bare.values[figure] }),
    note: `${options.agents} agents${figure === 'reports per second, highest' ? limits : ''}`,
  });
}
