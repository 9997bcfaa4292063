import { expect, test } from 'vitest';
import type { FieldProblem } from '../../platform/errors.js';
import { sample } from '../../testing/seeds.js';
import { MOST_SAMPLES, validateSamples, type Sample } from './sample.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const at = (ms: number): Date => new Date(NOW.getTime() + ms);
const HOUR_MS = 3_600_000;

function problemsOf(samples: Sample[]): FieldProblem[] {
  try {
    validateSamples(samples, NOW);
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT' });
    return (error as { fields: FieldProblem[] }).fields;
  }
  return [];
}

test.each<[what: string, values: Partial<Sample>]>([
  [
    'nothing going on',
    { cpu: 0, memory: 0, disk: 0, loadAverage: 0, uplinkRate: 0, downlinkRate: 0, connections: 0, onlineUsers: 0 },
  ],
  ['everything full', { cpu: 1, memory: 1, disk: 1, loadAverage: 5_000, uplinkRate: 1e14 }],
  ['almost nothing', { cpu: 1e-60, loadAverage: 1e-60 }],
  ['a day late', { at: at(-24.9 * HOUR_MS) }],
  ['a little early', { at: at(9 * 60_000) }],
])('[R3.2] a sample of %s is good', (_what, values) => {
  expect(problemsOf([sample(NOW, values)])).toEqual([]);
});

test.each<[what: string, values: Partial<Sample>, field: string]>([
  ['more than all cores', { cpu: 1.01 }, 'cpu'],
  ['less than no memory', { memory: -0.01 }, 'memory'],
  ['a disk in percent', { disk: 75 }, 'disk'],
  ['no number', { cpu: Number.NaN }, 'cpu'],
  ['a negative rate', { uplinkRate: -1 }, 'uplinkRate'],
  ['an absurd rate', { downlinkRate: 1e15 }, 'downlinkRate'],
  ['negative connections', { connections: -1 }, 'connections'],
  ['negative users', { onlineUsers: -1 }, 'onlineUsers'],
  ['tomorrow', { at: at(24 * HOUR_MS) }, 'at'],
  ['the day before yesterday', { at: at(-48 * HOUR_MS) }, 'at'],
  ['a start of Xray that is to come', { xrayStartedAt: at(11 * 60_000) }, 'xrayStartedAt'],
  ['a start of Xray before there were computers', { xrayStartedAt: new Date('0001-01-01T00:00:00Z') }, 'xrayStartedAt'],
  ['a revision that is too long', { configRevision: 'x'.repeat(129) }, 'configRevision'],
  ['a version that is too long', { xrayVersion: 'x'.repeat(129) }, 'xrayVersion'],
  ['a version that PostgreSQL cannot store', { xrayVersion: '26\0' }, 'xrayVersion'],
  ['a revision that PostgreSQL cannot store', { configRevision: '\0' }, 'configRevision'],
])('[R3.2] a sample of %s is refused, naming the field', (_what, values, field) => {
  expect(problemsOf([sample(NOW), sample(NOW, values)]).map(({ path }) => path)).toEqual([`samples.1.${field}`]);
});

test('no sample and too many samples are refused', () => {
  expect(problemsOf([]).map(({ path }) => path)).toEqual(['samples']);
  expect(problemsOf(Array.from({ length: MOST_SAMPLES }, () => sample(NOW)))).toEqual([]);
  expect(problemsOf(Array.from({ length: MOST_SAMPLES + 1 }, () => sample(NOW))).map(({ path }) => path)).toEqual([
    'samples',
  ]);
});

test('of very many wrong fields a few are named', () => {
  expect(problemsOf(Array.from({ length: 300 }, () => sample(NOW, { cpu: 2 })))).toHaveLength(20);
});
