import { pino } from 'pino';
import type { Level, Logger } from 'pino';
import type { LogOutbox } from './outbox/log-outbox.js';

const INFO = 30;
/** What stands beside the words in a line of pino; the rest are facts that belong to the message. */
const ENVELOPE = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err']);
const SECRETS = [
  'token',
  'nodeToken',
  'joinToken',
  'privateKey',
  'authorization',
  '*.token',
  '*.nodeToken',
  '*.privateKey',
];

interface Line {
  level: number;
  time: number;
  msg?: string;
  err?: { message?: string };
  [fact: string]: unknown;
}

/** Lines go to standard output, JSON or readable, and from info on to the panel. */
export function createLog(
  level: Level | 'silent',
  outbox: LogOutbox,
  output: NodeJS.WriteStream = process.stdout,
): Logger {
  const write = (json: string) => {
    const line = JSON.parse(json) as Line;
    if (line.level >= INFO) outbox.add('AGENT', sentence(line), new Date(line.time));
    output.write(output.isTTY ? readable(line) : json);
  };
  return pino({ level, base: null, redact: { paths: SECRETS, censor: '[secret]' } }, { write });
}

function readable(line: Line): string {
  const time = new Date(line.time).toISOString().slice(11, 23);
  const level = pino.levels.labels[line.level] ?? String(line.level);
  return `${time} ${level.toUpperCase().padEnd(5)} ${sentence(line)}\n`;
}

/** "Connected to the panel (node=fra-1)" */
function sentence(line: Line): string {
  const facts = Object.entries(line).filter(([name]) => !ENVELOPE.has(name));
  const detail = facts.map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const words = [line.msg, line.err?.message].filter(Boolean).join(': ');
  return detail.length === 0 ? words : `${words} (${detail.join(' ')})`;
}
