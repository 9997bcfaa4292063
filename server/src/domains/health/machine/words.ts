import type { EvidenceLine, Reason, ReasonCause, Withheld } from './reason.js';

/** How a moment on the panel's monotonic clock is shown, for example as 14:02:11. */
export type ShowTime = (ms: number) => string;

export const WORDS_MAX = 400;
const DETAIL_MAX = 120;
const PORTS_NAMED = 3;

/**
 * The reason as an operator would tell it: "proxy port 443 refused from the panel and from 3 other nodes since 14:02:11;
 * agent API answers; Xray exited with code 23: address already in use". Never longer than `maxLength`.
 */
export function reasonInWords(reason: Reason, time: ShowTime, maxLength = WORDS_MAX): string {
  const parts = [
    HEADINGS[reason.cause],
    ...portWords(reason.lines, time),
    ...silentWords(reason.lines),
    ...apiWords(reason.lines, time),
    ...xrayWords(reason.lines, time),
    ...sessionWords(reason.lines, time),
    reason.withheld && WITHHELD[reason.withheld],
  ];
  return shortened(parts.filter(Boolean).join('; '), maxLength);
}

/** What went wrong speaks for itself, what went well needs a word. */
const HEADINGS: Record<ReasonCause, string> = {
  started: 'not checked since the panel started',
  disabled: 'disabled, not checked',
  ready: 'checked for the first time and well',
  sessionLost: '',
  probeFailed: '',
  xrayDown: '',
  silent: '',
  refused: '',
  stillServing: 'out of control but serving users',
  falseAlarm: 'the suspicion was unfounded',
  answersAgain: 'answers again',
  sessionBack: 'the agent is back',
  recovered: 'recovered',
  relapsed: 'failed again while recovering',
  notServing: 'no longer serving users',
};

const WITHHELD: Record<Withheld, string> = {
  panelSick: 'no verdict: the panel does not trust its own measurements now',
  guard: 'no verdict: the panel may be cut off itself',
  unconfirmed: 'no verdict: too many nodes are down at once and no other node confirms it',
  reached: 'no verdict: somebody still reaches it',
};

const FAILURES: Record<string, string> = {
  refused: 'refused',
  timeout: 'timed out',
  unreachable: 'has no route',
  reset: 'reset',
  dns: 'name does not resolve',
  tls: 'refused by TLS',
  protocol: 'answered by something else',
  down: 'down',
};
const failure = (outcome: string): string => FAILURES[outcome] ?? 'failed';

function portWords(lines: EvidenceLine[], time: ShowTime): string[] {
  const byPort = grouped(
    lines.filter(({ kind, target }) => kind === 'PROXY_PORT' && target !== ''),
    ({ target }) => target,
  );
  const pictures = grouped([...byPort.entries()], ([, seen]) => picture(seen));
  return [...pictures.values()].map((ports) => {
    const names = ports.map(([port]) => port);
    const seen = ports.flatMap(([, portLines]) => portLines);
    return `${portNames(names)} ${portStory(seen, time)}`;
  });
}

/** Ports that look alike to everybody are told in one breath. */
const picture = (lines: EvidenceLine[]): string =>
  lines
    .map(({ vantage, outcome }) => `${vantage} ${outcome}`)
    .toSorted((a, b) => a.localeCompare(b))
    .join(' ');

function portNames(ports: string[]): string {
  if (ports.length === 1) return `proxy port ${ports[0]}`;
  const named = ports.slice(0, PORTS_NAMED);
  const more = ports.length - named.length;
  return `proxy ports ${more > 0 ? `${named.join(', ')} and ${more} more` : listed(named)}`;
}

function portStory(lines: EvidenceLine[], time: ShowTime): string {
  const story = [...grouped(lines, ({ outcome }) => outcome)].map(([outcome, seen]) => {
    const from = vantages(seen);
    if (outcome === 'ok') return from === 'from the panel' ? 'answers' : `answers ${from.replaceAll('from ', '')}`;
    return `${failure(outcome)} ${from} since ${time(earliest(seen))}`;
  });
  return story.join(', ');
}

function vantages(lines: EvidenceLine[]): string {
  const others = new Set(lines.map(({ vantage }) => vantage));
  const panel = others.delete('panel') ? ['from the panel'] : [];
  const nodes = others.size === 0 ? [] : [`from ${others.size} other ${others.size === 1 ? 'node' : 'nodes'}`];
  return listed([...panel, ...nodes]);
}

function silentWords(lines: EvidenceLine[]): string[] {
  const count = lines.filter(({ kind, outcome }) => kind === 'PROXY_PORT' && outcome === 'silent').length;
  return count === 0 ? [] : [`${count} asked ${count === 1 ? 'node' : 'nodes'} did not answer`];
}

function apiWords(lines: EvidenceLine[], time: ShowTime): string[] {
  return lines
    .filter(({ kind }) => kind === 'AGENT_API')
    .map(({ outcome, sinceMs }) =>
      outcome === 'ok' ? 'agent API answers' : `agent API ${failure(outcome)} since ${time(sinceMs)}`,
    );
}

/** The agent's own word, else what its API told the panel. */
function xrayWords(lines: EvidenceLine[], time: ShowTime): string[] {
  const xray = lines.filter(({ kind }) => kind === 'XRAY');
  const troubled = xray.find(({ outcome }) => outcome !== 'ok' && outcome !== 'running');
  if (!troubled) return [];
  const { outcome, exitCode, sinceMs } = troubled;
  const detail = troubled.detail ? `: ${cleaned(troubled.detail)}` : '';
  const since = `since ${time(sinceMs)}`;
  switch (outcome) {
    case 'crashed':
      return [exitCode === null ? `Xray crashed ${since}${detail}` : `Xray exited with code ${exitCode}${detail}`];
    case 'stopped':
      return [`Xray is stopped ${since}${detail}`];
    case 'unknown':
      return [`no Xray on the node${detail}`];
    default:
      return [`Xray does not answer ${since}${detail}`];
  }
}

function sessionWords(lines: EvidenceLine[], time: ShowTime): string[] {
  const session = lines.find(({ kind }) => kind === 'SESSION');
  switch (session?.outcome) {
    case 'down':
      return [`agent disconnected at ${time(session.sinceMs)}${session.detail ? ` (${cleaned(session.detail)})` : ''}`];
    case 'awaited':
      return ['agent not back since the panel started'];
    case 'never':
      return ['no agent has ever connected'];
    default:
      return [];
  }
}

const earliest = (lines: EvidenceLine[]): number => Math.min(...lines.map(({ sinceMs }) => sinceMs));

function listed(items: string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function grouped<Item>(items: Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

/** Words from a node are shown, not obeyed: one line, no control or direction characters. */
function cleaned(detail: string): string {
  return shortened(detail.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim(), DETAIL_MAX);
}

function shortened(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text
    .slice(0, Math.max(0, maxLength - 1))
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}
