import 'reflect-metadata';
import { startPanel, type RunningPanel } from './app.js';
import { ConfigError, readConfig, type Config } from './config.js';
import { FIRST_ADMIN } from './domains/access/index.js';
import { createLogger } from './platform/log.js';

/** Leave without a stack trace: the message says all that an operator can use. */
function refuse(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function readConfigOrRefuse(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (error instanceof ConfigError) refuse(error);
    throw error;
  }
}

function greeting(panel: RunningPanel, config: Config): string {
  const lines = [
    '',
    `  V Panel is ready${config.demo ? ' (demo)' : ''}`,
    '',
    `  Dashboard   ${panel.url}`,
    `  Agents      ${panel.agentUrl}`,
    `  Data        ${config.databaseUrl ? panel.database : `${config.dataDir}, ${panel.database}`}`,
    '',
  ];
  if (panel.firstPassword) {
    lines.push(
      `  Sign in as  ${FIRST_ADMIN}`,
      `  Password    ${panel.firstPassword}`,
      '              (shown this once)',
      '',
    );
  }
  lines.push('  Add a node  Sign in, choose "Add node" and paste the one line it prints on the node.');
  lines.push(
    `              Nodes have to reach ${panel.agentUrl}; set VPANEL_AGENT_URL if that is not their way here.`,
    '',
  );
  return lines.join('\n');
}

async function main(): Promise<void> {
  const config = readConfigOrRefuse();
  const log = createLogger(config.logLevel);
  const panel = await startPanel(config, log).catch(refuse);
  process.stdout.write(`${greeting(panel, config)}\n`);

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    panel.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
}

await main();
