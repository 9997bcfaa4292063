import { expect, test } from 'vitest';
import { RateGate } from './rate-gate.js';

const admitted = (gate: RateGate, times: number, nowMs: number): number =>
  Array.from({ length: times }, () => gate.admit(nowMs)).filter(Boolean).length;

test('a burst is let through at once, then nothing', () => {
  expect(admitted(new RateGate(10, 25, 0), 100, 0)).toBe(25);
});

test('tokens come back at the rate per second, up to the burst', () => {
  const gate = new RateGate(10, 25, 0);
  admitted(gate, 25, 0);
  expect(admitted(gate, 100, 99)).toBe(0);
  expect(admitted(gate, 100, 100)).toBe(1);
  expect(admitted(gate, 100, 1_100)).toBe(10);
  expect(admitted(gate, 100, 3_600_000)).toBe(25);
});

test('a steady sender just below the rate is never refused', () => {
  const gate = new RateGate(20, 5, 0);
  for (let now = 0; now < 60_000; now += 51) expect(gate.admit(now)).toBe(true);
});

test('a clock that goes back gives nothing away', () => {
  const gate = new RateGate(10, 5, 1_000);
  admitted(gate, 5, 1_000);
  expect(admitted(gate, 10, 0)).toBe(0);
});
