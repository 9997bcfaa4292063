import { describe, expect, test } from 'vitest';
import { explicitDetection, inSeconds, silentDetection } from './detection-time.js';
import { boundedSettings, HEALTH_BOUNDS, type HealthSettings } from './settings.js';
import { JUDGES, simulateDeaths, simulateLoss } from './simulate.js';

describe('[R2.4] how long until a death is said', () => {
  test('by the defaults a silent node is UNHEALTHY after 19 to 41 s, alone in its fleet after 94 to 116 s', () => {
    expect(inSeconds(silentDetection(boundedSettings()))).toBe('19 to 41 s');
    expect(inSeconds(silentDetection(boundedSettings(), 0))).toBe('94 to 116 s');
    expect(inSeconds(explicitDetection(boundedSettings()))).toBe('5 to 11 s');
  });

  const CASES: [settings: Partial<HealthSettings>, helpers: number][] = [
    [{}, 3],
    [{}, 2],
    [{}, 1],
    [{}, 0],
    [{ intervalMs: 5_000 }, 3],
    [{ intervalMs: 300_000 }, 3],
    [{ unhealthyAfter: 1 }, 3],
    [{ unhealthyAfter: 10 }, 3],
    [{ timeoutMs: 10_000, unhealthyAfter: 5 }, 3],
    [{ heartbeatMs: 60_000 }, 3],
  ];

  test.each(CASES)('the arithmetic for %j with %d helpers is what the machine does', (settings, helpers) => {
    const said = silentDetection(boundedSettings(settings), helpers);
    const { minMs, maxMs, missed } = simulateDeaths('vpanel', 'silent', 150, 3, { settings, helpers });
    expect(missed).toBe(0);
    expect(minMs).toBeGreaterThanOrEqual(said.minMs);
    expect(maxMs).toBeLessThanOrEqual(said.maxMs);
    // The promise is not empty either: deaths come near to both its ends.
    expect(maxMs - minMs).toBeGreaterThan(0.6 * (said.maxMs - said.minMs));
  });

  test.each<Partial<HealthSettings>>([{}, { unhealthyAfter: 1 }, { unhealthyAfter: 10 }, { intervalMs: 300_000 }])(
    'the same for an Xray that exits with %j',
    (settings) => {
      const said = explicitDetection(boundedSettings(settings));
      const { minMs, maxMs, missed } = simulateDeaths('vpanel', 'xrayExit', 150, 3, { settings });
      expect(missed).toBe(0);
      expect(minMs).toBeGreaterThanOrEqual(said.minMs);
      expect(maxMs).toBeLessThanOrEqual(said.maxMs);
    },
  );
});

describe('[R2.4] [R2.5] bursts of loss', () => {
  test('are never taken for a death, by rules that take the first failure for one they often are', () => {
    const [ours, oneCheck, twoTries] = JUDGES.map((judge) => simulateLoss(judge, 10, 5));
    expect(ours).toMatchObject({ wrong: 0 });
    expect(ours?.suspicions).toBeGreaterThan(50);
    expect(oneCheck?.wrong).toBeGreaterThan(100);
    expect(twoTries?.wrong).toBeGreaterThan(5);
  });

  test('of the link of the panel itself neither', () => {
    const rates = {
      panelPathBurstsPerHour: 0.2,
      helperPathBurstsPerHour: 0.2,
      panelLinkBurstsPerHour: 1,
      nodeBurstsPerHour: 0,
      burstMeanMs: 30_000,
      burstLoss: 0.98,
      backgroundLoss: 0.01,
    };
    expect(simulateLoss('vpanel', 5, 6, rates)).toMatchObject({ wrong: 0, right: 0, late: 0 });
  });

  test('the same seed gives the same report', () => {
    expect(simulateLoss('vpanel', 2, 8)).toEqual(simulateLoss('vpanel', 2, 8));
    expect(simulateDeaths('vpanel', 'killed', 5, 8)).toEqual(simulateDeaths('vpanel', 'killed', 5, 8));
  });
});

describe('[R2.3] settings', () => {
  test('have defaults: 30 s, 4 s, three failures, two successes', () => {
    expect(boundedSettings()).toEqual({
      intervalMs: 30_000,
      timeoutMs: 4_000,
      unhealthyAfter: 3,
      healthyAfter: 2,
      heartbeatMs: 10_000,
    });
  });

  test('are kept within their bounds, and a time-out within the interval', () => {
    expect(boundedSettings({ intervalMs: 1, timeoutMs: 60_000, unhealthyAfter: 0, healthyAfter: 99 })).toMatchObject({
      intervalMs: HEALTH_BOUNDS.intervalMs.min,
      timeoutMs: 5_000,
      unhealthyAfter: 1,
      healthyAfter: 10,
    });
    expect(boundedSettings({ intervalMs: Number.NaN })).toEqual(boundedSettings());
  });
});
