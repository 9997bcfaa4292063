import { pino } from 'pino';
import { expect, test } from 'vitest';
import { ManualClock } from '../support/manual-clock.js';
import { ApiWatch } from './api-watch.js';

/** Time passes by itself only while an API that is silent is waited for. */
function watchOf() {
  const clock = new ManualClock();
  const heard: (string | undefined)[] = [];
  const api = {
    takesMs: 2,
    answers: true,
    async latencyMs() {
      clock.pass(api.answers ? api.takesMs : 2_000);
      if (!api.answers) throw new Error('DEADLINE_EXCEEDED');
      return api.takesMs;
    },
  };
  const watch: ApiWatch = new ApiWatch({
    clock,
    log: pino({ level: 'silent' }),
    onChange: () => heard.push(watch.health?.error),
    onHung: () => heard.push('hung'),
  });
  watch.begin(api, 1);
  /** The pauses between so many checks pass. */
  const checks = async (count: number) => {
    for (let i = 0; i < count; i++) {
      clock.pass(clock.waiting[0] ?? 0);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { clock, api, watch, heard, checks };
}

test('[R3.6] the latest answer is at hand, and says how old it is', async () => {
  const { clock, api, watch, checks } = watchOf();
  expect(watch.health).toEqual({ latencyMs: 1, checkedMsAgo: 0, error: undefined });
  api.takesMs = 7;
  await checks(1);
  clock.pass(500);
  expect(watch.health).toEqual({ latencyMs: 7, checkedMsAgo: 500, error: undefined });
});

test('[R3.6] an API that is waited for in vain is silent, and that is told once; so is its first answer', async () => {
  const { api, watch, heard, checks } = watchOf();
  api.answers = false;
  await checks(3);
  expect(heard).toEqual(['the API of Xray has not answered for 4 s']);
  expect(watch.health).toMatchObject({ latencyMs: undefined, error: 'the API of Xray has not answered for 8 s' });
  api.answers = true;
  await checks(2);
  expect(heard).toEqual(['the API of Xray has not answered for 4 s', undefined]);
  expect(watch.health).toMatchObject({ latencyMs: 2, error: undefined });
});

test('[R3.5] after 30 s of silence Xray counts as hung', async () => {
  const { clock, api, heard, checks } = watchOf();
  const beganMs = clock.monotonicMs();
  api.answers = false;
  await checks(20);
  expect(heard).toEqual(['the API of Xray has not answered for 4 s', 'hung']);
  expect(clock.monotonicMs() - beganMs).toBe(30_000);
});

test('[R3.5] an agent that was itself held up blames nobody', async () => {
  const { clock, api, watch, heard, checks } = watchOf();
  api.answers = false;
  clock.pass(3_600_000); // the machine slept, and the check after it fails
  await checks(1);
  expect(heard).toEqual([]);
  expect(watch.health?.error).toBeUndefined();
});

test('[R3.6] nothing is known of an Xray that has ended', async () => {
  const { clock, watch } = watchOf();
  watch.end();
  expect(watch.health).toBeUndefined();
  expect(clock.waiting).toEqual([]);
});
