import { setFlagsFromString } from 'node:v8';
import { Agent } from './agent.js';
import { systemClock } from './clock.js';
import { USAGE, readInvocation } from './config.js';
import type { Config } from './config.js';
import { OperatorError } from './errors.js';
import { IdentityStore } from './identity.js';
import type { Identity } from './identity.js';
import { join } from './join.js';
import { parseJoinToken } from './join-token.js';
import { lockDataDir } from './lock.js';
import { createLog } from './logs.js';
import { LogOutbox } from './outbox/log-outbox.js';
import { AGENT_VERSION } from './version.js';
import { findXray, xrayVersion } from './xray/binary.js';
import type { Logger } from 'pino';

/** With --join-only somebody waits at a terminal; a service keeps trying. */
const JOIN_ONLY_ATTEMPTS = 5;

// Young objects would soon fill three spaces of 16 MB each, which are never given back: after one large configuration the
// agent would hold them for ever. They are kept at 1 MB instead.
setFlagsFromString('--semi-space-growth-factor=1');

async function main(): Promise<void> {
  const invocation = readInvocation(process.argv.slice(2));
  if ('print' in invocation)
    return void process.stdout.write(invocation.print === 'help' ? USAGE : `${AGENT_VERSION}\n`);
  await run(invocation.run);
}

async function run(config: Config): Promise<void> {
  const logs = new LogOutbox();
  const log = createLog(config.logLevel, logs);
  const store = new IdentityStore(config.dataDir);
  store.prepare();
  const unlock = lockDataDir(config.dataDir);
  process.once('exit', unlock);

  const identity = await identify(config, store, log);
  if (config.joinOnly) return;
  const agent = new Agent({ config, identity, store, logs, clock: systemClock, log });
  stopOnSignal(agent, log);
  log.info(
    { version: AGENT_VERSION, node: identity.nodeId, panel: config.panelUrl ?? identity.panelUrl },
    'Agent starts',
  );
  await agent.start();
}

/** The stored identity; a join token that has not been used for it yet makes a new one. */
async function identify(config: Config, store: IdentityStore, log: Logger): Promise<Identity> {
  const stored = store.load();
  const token = config.joinToken === undefined ? undefined : parseJoinToken(config.joinToken);
  if (token && token.id !== stored?.joinTokenId) {
    const binary = findXray({ configured: config.xrayBinary, searchPath: config.searchPath, dataDir: config.dataDir });
    const identity = await join(token, {
      log,
      clock: systemClock,
      attempts: config.joinOnly ? JOIN_ONLY_ATTEMPTS : Infinity,
      startedAt: new Date(),
      xray: { xrayVersion: binary && (await xrayVersion(binary).catch(() => undefined)), configRevision: undefined },
      panelUrl: config.panelUrl,
    });
    store.save(identity);
    return identity;
  }
  if (!stored) {
    throw new OperatorError(
      'This agent has not joined a panel yet. Add a node in the panel and run: vpanel-agent --join TOKEN',
    );
  }
  if (token) log.info({ node: stored.nodeId }, 'This node has joined with this token already');
  return stored;
}

function stopOnSignal(agent: Agent, log: Logger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'Agent stops');
    void agent.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function fail(error: unknown): never {
  if (error instanceof OperatorError) {
    process.stderr.write(`${error.message}\n`);
    process.exit(error.exitCode);
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

main().catch(fail);
