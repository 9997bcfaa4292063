import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini'; // the full zod costs another 9 MB of memory
import { OperatorError, messageOf } from './errors.js';

export const USAGE = `Usage: vpanel-agent [options]

  --join TOKEN         join the panel with this token, then run   (VPANEL_JOIN_TOKEN, VPANEL_JOIN_TOKEN_FILE)
  --join-only          join, store the identity, exit
  --panel URL          reach the panel under this URL             (VPANEL_PANEL_URL)
  --data-dir DIR       where the agent keeps what it knows        (VPANEL_AGENT_DATA_DIR)
  --xray PATH          the Xray binary                            (XRAY_BIN; default: PATH, /usr/local/bin/xray)
  --listen-host HOST   address of the local API, default ::       (VPANEL_AGENT_LISTEN_HOST)
  --version            print the version
  --help               print this page

LOG_LEVEL is one of trace, debug, info, warn, error, fatal, silent; default info.
`;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const isHttpsUrl = (text: string) => URL.canParse(text) && new URL(text).protocol === 'https:';

const absolutePath = z.string().check(z.startsWith('/', 'must be an absolute path'));

const configSchema = z.object({
  joinToken: z.optional(z.string()),
  joinOnly: z.boolean(),
  panelUrl: z.optional(z.string().check(z.refine(isHttpsUrl, 'must be an https:// URL'))),
  dataDir: absolutePath,
  xrayBinary: z.optional(absolutePath),
  searchPath: z.string(),
  xrayEnvironment: z.record(z.string(), z.string()),
  logLevel: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`),
  listenHost: z.string(),
});

export type Config = z.infer<typeof configSchema>;

/** How the operator calls each setting, for messages. */
const SPELLING: Record<string, string> = {
  joinToken: '--join',
  panelUrl: '--panel (VPANEL_PANEL_URL)',
  dataDir: '--data-dir (VPANEL_AGENT_DATA_DIR)',
  xrayBinary: '--xray (XRAY_BIN)',
  logLevel: 'LOG_LEVEL',
  listenHost: '--listen-host (VPANEL_AGENT_LISTEN_HOST)',
};

const FLAGS = {
  join: { type: 'string' },
  'join-only': { type: 'boolean' },
  panel: { type: 'string' },
  'data-dir': { type: 'string' },
  xray: { type: 'string' },
  'listen-host': { type: 'string' },
  version: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Environment = Record<string, string | undefined>;

export type Invocation = { run: Config } | { print: 'version' | 'help' };

/** The only reader of arguments and environment. All bad values are named at once, before anything is touched. */
export function readInvocation(args: string[], env: Environment = process.env): Invocation {
  const problems: string[] = [];
  const flags = parseFlags(args, problems);
  if (flags.help) return { print: 'help' };
  if (flags.version) return { print: 'version' };

  const parsed = configSchema.safeParse({
    joinToken: flags.join ?? secret(env, 'VPANEL_JOIN_TOKEN', problems),
    joinOnly: flags['join-only'] ?? false,
    panelUrl: flags.panel ?? present(env['VPANEL_PANEL_URL']),
    dataDir: flags['data-dir'] ?? present(env['VPANEL_AGENT_DATA_DIR']) ?? defaultDataDir(env),
    xrayBinary: flags.xray ?? present(env['XRAY_BIN']),
    searchPath: env['PATH'] ?? '',
    xrayEnvironment: xrayEnvironment(env),
    logLevel: present(env['LOG_LEVEL'])?.toLowerCase() ?? 'info',
    listenHost: flags['listen-host'] ?? present(env['VPANEL_AGENT_LISTEN_HOST']) ?? '::',
  });
  for (const issue of parsed.error?.issues ?? []) {
    const key = String(issue.path[0]);
    problems.push(`${SPELLING[key] ?? key}: ${issue.message}`);
  }
  if (!parsed.success || problems.length > 0) {
    throw new OperatorError(`The agent cannot start with these settings:\n  ${problems.join('\n  ')}`);
  }
  return { run: parsed.data };
}

function strictly(args: string[]) {
  return parseArgs({ args, options: FLAGS, strict: true }).values;
}

function parseFlags(args: string[], problems: string[]) {
  try {
    return strictly(args);
  } catch (error) {
    problems.push(messageOf(error));
    // The start fails, but what is wrong with the other values is to be said as well.
    return parseArgs({ args, options: FLAGS, strict: false }).values as ReturnType<typeof strictly>;
  }
}

/** NAME, or the content of the file that NAME_FILE points to: an environment is easier to read for others than a file. */
function secret(env: Environment, name: string, problems: string[]): string | undefined {
  const file = present(env[`${name}_FILE`]);
  if (!file) return present(env[name]);
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    problems.push(`${name}_FILE: ${messageOf(error)}`);
    return undefined;
  }
}

function present(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}

function defaultDataDir(env: Environment): string {
  if (process.getuid?.() === 0) return '/var/lib/vpanel-agent';
  return join(present(env['XDG_STATE_HOME']) ?? join(homedir(), '.local/state'), 'vpanel-agent');
}

/** What Xray needs to find its data files, and no more: the agent's own environment may hold a join token. */
function xrayEnvironment(env: Environment): Environment {
  const kept = Object.entries(env).filter(([name]) =>
    /^(PATH|HOME|LANG|TZ|GOMEMLIMIT|GOGC|XRAY_LOCATION_.*)$/.test(name),
  );
  return Object.fromEntries(kept);
}
