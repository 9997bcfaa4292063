import { describe, expect, test } from 'vitest';
import type { EvidenceLine, Reason } from './reason.js';
import { WORDS_MAX, reasonInWords } from './words.js';

const time = (ms: number): string => new Date(ms).toISOString().slice(11, 19);
const AT = Date.UTC(2026, 0, 1, 14, 2, 11);

const line = (rest: Partial<EvidenceLine>): EvidenceLine => ({
  kind: 'PROXY_PORT',
  target: '443',
  vantage: 'panel',
  outcome: 'ok',
  sinceMs: AT,
  exitCode: null,
  detail: null,
  ...rest,
});
const port = (vantage: string, outcome: string, target = '443', later = 0): EvidenceLine =>
  line({ vantage, outcome, target, sinceMs: AT + later * 1_000 });
const api = (outcome: string): EvidenceLine => line({ kind: 'AGENT_API', target: '', outcome });
const xray = (outcome: string, exitCode: number | null = null, detail: string | null = null): EvidenceLine =>
  line({ kind: 'XRAY', target: '', vantage: 'agent', outcome, exitCode, detail });
const session = (outcome: string, detail: string | null = null): EvidenceLine =>
  line({ kind: 'SESSION', target: '', vantage: 'agent', outcome, detail });

const words = (lines: EvidenceLine[], rest: Partial<Reason> = {}, maxLength?: number): string =>
  reasonInWords({ cause: 'silent', lines, failedRounds: 0, goodRounds: 0, withheld: null, ...rest }, time, maxLength);

describe('[R2.4] the reason in words', () => {
  test('of an Xray that has exited', () => {
    const lines = [
      session('up'),
      xray('crashed', 23, 'address already in use'),
      port('panel', 'refused'),
      api('ok'),
      ...['a', 'b', 'c'].map((id) => port(id, 'refused', '443', 3)),
    ];
    expect(words(lines)).toBe(
      'proxy port 443 refused from the panel and from 3 other nodes since 14:02:11; agent API answers; ' +
        'Xray exited with code 23: address already in use',
    );
  });

  test('of a silent host', () => {
    const lines = [
      session('down', 'closed (1006)'),
      port('panel', 'timeout', '443', 4),
      port('panel', 'timeout', '8443', 4),
      api('timeout'),
      port('a', 'silent', ''),
    ];
    expect(words(lines)).toBe(
      'proxy ports 443 and 8443 timed out from the panel since 14:02:15; 1 asked node did not answer; ' +
        'agent API timed out since 14:02:11; agent disconnected at 14:02:11 (closed (1006))',
    );
  });

  test('of a path that only the panel cannot use', () => {
    const lines = [session('up'), port('panel', 'timeout'), port('a', 'ok'), port('b', 'ok'), port('c', 'timeout')];
    expect(words(lines, { cause: 'probeFailed', withheld: 'reached' })).toBe(
      'proxy port 443 timed out from the panel and from 1 other node since 14:02:11, answers 2 other nodes; ' +
        'no verdict: somebody still reaches it',
    );
  });

  test('of many ports', () => {
    const lines = [1, 2, 3, 4, 5].map((number) => port('panel', 'reset', `100${number}`));
    expect(words(lines)).toBe('proxy ports 1001, 1002, 1003 and 2 more reset from the panel since 14:02:11');
  });

  test.each<[lines: EvidenceLine[], cause: Reason['cause'], said: string]>([
    [[session('never')], 'started', 'not checked since the panel started; no agent has ever connected'],
    [
      [port('panel', 'ok'), api('ok'), xray('running')],
      'recovered',
      'recovered; proxy port 443 answers; agent API answers',
    ],
    [
      [port('panel', 'ok'), session('down')],
      'stillServing',
      'out of control but serving users; proxy port 443 answers; agent disconnected at 14:02:11',
    ],
    [[xray('stopped')], 'xrayDown', 'Xray is stopped since 14:02:11'],
    [[xray('unknown')], 'xrayDown', 'no Xray on the node'],
    [[xray('crashed')], 'xrayDown', 'Xray crashed since 14:02:11'],
    [[line({ kind: 'XRAY', target: '', outcome: 'down' })], 'probeFailed', 'Xray does not answer since 14:02:11'],
    [[], 'disabled', 'disabled, not checked'],
  ])('%#', (lines, cause, said) => {
    expect(words(lines, { cause })).toBe(said);
  });

  test('words of a node are one line, without control or direction characters', () => {
    const nasty = 'failed\n\u001b[31mred\u001b[0m \u202Egnp.exe\u0000';
    expect(words([xray('crashed', 1, nasty)])).toBe('Xray exited with code 1: failed [31mred [0m gnp.exe');
  });

  test('is bounded, whatever there is to say', () => {
    const lines = Array.from({ length: 40 }, (_, index) =>
      line({ target: String(index), outcome: index % 2 ? 'refused' : 'timeout', vantage: `node-${index}` }),
    );
    lines.push(xray('crashed', 1, '😀'.repeat(5_000)));
    expect(words(lines).length).toBeLessThanOrEqual(WORDS_MAX);
    for (let max = 1; max < 60; max++) {
      const said = words([xray('crashed', 1, '😀'.repeat(50))], {}, max);
      expect(said.length).toBeLessThanOrEqual(max);
      expect(Buffer.from(said).toString(), 'no half of a character').toBe(said);
    }
  });
});
