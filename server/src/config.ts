import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isBlock } from './platform/ip-address.js';

/** Thrown with every bad value at once, so that one start tells all that has to be put right. */
export class ConfigError extends Error {}

const port = (fallback: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(0, 'must be 0 to 65535')
    .max(65535, 'must be 0 to 65535')
    .default(fallback);

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });

const cidrList = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((blocks) => blocks.every(isBlock), {
    error: 'must be IP addresses or CIDR blocks, separated by commas',
  });

const onOff = (fallback: '0' | '1') =>
  z
    .enum(['0', '1', 'true', 'false', ''], { error: 'must be 0 or 1' })
    .default(fallback)
    .transform((text) => text === '1' || text === 'true');

const environment = z.object({
  VPANEL_DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  VPANEL_PUBLIC_HOST: z.string().min(1).default('127.0.0.1'),
  VPANEL_PUBLIC_PORT: port(8080),
  VPANEL_PUBLIC_URL: url(['http:', 'https:']).optional(),
  VPANEL_AGENT_HOST: z.string().min(1).default('0.0.0.0'),
  VPANEL_AGENT_PORT: port(8443),
  VPANEL_AGENT_URL: url(['https:']).optional(),
  VPANEL_TLS_CERT: z.string().optional(),
  VPANEL_TLS_KEY: z.string().optional(),
  VPANEL_TRUSTED_PROXIES: cidrList,
  VPANEL_ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  VPANEL_SECRET_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  VPANEL_DEMO: onOff('0'),
  VPANEL_ALERT_PRIVATE_TARGETS: onOff('0'),
  VPANEL_HEALTH_CHECKS: onOff('1'),
  PATH: z.string().default('/usr/local/bin:/usr/bin:/bin'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** Variables that may hold secrets; each may be given as a file by `<NAME>_FILE`. */
const SECRET_VARIABLES = ['DATABASE_URL', 'VPANEL_ADMIN_PASSWORD', 'VPANEL_SECRET_KEY'] as const;

export interface Config {
  dataDir: string;
  /** Set when the operator brings a PostgreSQL of their own. */
  databaseUrl: string | undefined;
  public: {
    host: string;
    port: number;
    url: string | undefined;
    tls: { cert: string; key: string } | undefined;
    /** CIDR blocks whose X-Forwarded-* headers are believed. */
    trustedProxies: string[];
  };
  agent: {
    host: string;
    port: number;
    /** What nodes dial, and the name that the panel's certificate carries. */
    url: string;
  };
  adminPassword: string | undefined;
  secretKey: string | undefined;
  /** Whether this panel checks nodes. Off where nodes are simulated: there is nothing behind their addresses. */
  healthChecks: boolean;
  demo: boolean;
  /** Whether alerts may go to private, loopback and link-local addresses, and there by plain HTTP. */
  alertPrivateTargets: boolean;
  /** Where programs are looked for. */
  searchPath: string;
  logLevel: string;
}

type Environment = Record<string, string | undefined>;

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function readSecretFiles(source: Environment, problems: string[]): Environment {
  const merged = { ...source };
  for (const name of SECRET_VARIABLES) {
    const file = source[`${name}_FILE`];
    if (!file) continue;
    if (source[name]) problems.push(`${name}: give either ${name} or ${name}_FILE, not both`);
    try {
      merged[name] = readFileSync(file, 'utf8').trim();
      if (merged[name] === '') problems.push(`${name}_FILE: is empty`);
    } catch (error) {
      problems.push(`${name}_FILE: cannot be read (${(error as Error).message})`);
    }
  }
  return merged;
}

const withoutEmpty = (source: Environment): Environment =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));

type ParsedEnvironment = z.infer<typeof environment>;

function crossCheck(env: ParsedEnvironment): string[] {
  const problems: string[] = [];
  if (Boolean(env.VPANEL_TLS_CERT) !== Boolean(env.VPANEL_TLS_KEY)) {
    problems.push('VPANEL_TLS_CERT and VPANEL_TLS_KEY: set both or none');
  }
  const plain = !env.VPANEL_TLS_CERT;
  if (plain && !isLoopback(env.VPANEL_PUBLIC_HOST) && env.VPANEL_TRUSTED_PROXIES.length === 0) {
    problems.push(
      `VPANEL_PUBLIC_HOST: ${env.VPANEL_PUBLIC_HOST} would serve plain HTTP to the network; set VPANEL_TLS_CERT and ` +
        'VPANEL_TLS_KEY, or declare the proxy in front by VPANEL_TRUSTED_PROXIES, or use 127.0.0.1',
    );
  }
  return problems;
}

/** Reads everything the panel can be told from outside. Throws ConfigError naming all bad values. */
export function readConfig(source: Environment = process.env): Config {
  const problems: string[] = [];
  const parsed = environment.safeParse(withoutEmpty(readSecretFiles(source, problems)));
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  } else {
    problems.push(...crossCheck(parsed.data));
  }
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(`The configuration is not usable:\n  ${problems.join('\n  ')}`);
  }
  return toConfig(parsed.data);
}

function toConfig(env: ParsedEnvironment): Config {
  const { VPANEL_TLS_CERT: cert, VPANEL_TLS_KEY: key } = env;
  return {
    dataDir: resolve(env.VPANEL_DATA_DIR),
    databaseUrl: env.DATABASE_URL,
    public: {
      host: env.VPANEL_PUBLIC_HOST,
      port: env.VPANEL_PUBLIC_PORT,
      url: env.VPANEL_PUBLIC_URL?.replace(/\/+$/, ''),
      tls: cert && key ? { cert, key } : undefined,
      trustedProxies: env.VPANEL_TRUSTED_PROXIES,
    },
    agent: {
      host: env.VPANEL_AGENT_HOST,
      port: env.VPANEL_AGENT_PORT,
      url: (env.VPANEL_AGENT_URL ?? `https://${hostname()}:${env.VPANEL_AGENT_PORT}`).replace(/\/+$/, ''),
    },
    adminPassword: env.VPANEL_ADMIN_PASSWORD,
    secretKey: env.VPANEL_SECRET_KEY,
    demo: env.VPANEL_DEMO,
    alertPrivateTargets: env.VPANEL_ALERT_PRIVATE_TARGETS,
    healthChecks: env.VPANEL_HEALTH_CHECKS,
    searchPath: env.PATH,
    logLevel: env.LOG_LEVEL,
  };
}
