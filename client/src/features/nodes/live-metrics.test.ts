import { expect, it, vi } from 'vitest';
import { LiveValues } from './live-metrics';

/** A store whose frames come when the test says so. */
function storeWithFrames() {
  let frame: (() => void) | undefined;
  const schedule = vi.fn<(flush: () => void) => void>((flush) => {
    frame = flush;
  });
  return { store: new LiveValues<number>(schedule), schedule, nextFrame: () => frame?.() };
}

it('[R1.7] tells a row once a frame, however many values came', () => {
  const { store, schedule, nextFrame } = storeWithFrames();
  const listener = vi.fn<() => void>();
  store.watch('a', listener);
  for (let value = 0; value < 1_000; value += 1) store.put('a', value);
  expect(listener).not.toHaveBeenCalled();
  nextFrame();
  expect(schedule).toHaveBeenCalledTimes(1);
  expect(listener).toHaveBeenCalledTimes(1);
  expect(store.get('a')).toBe(999);
});

it('[R1.7] draws nothing for nodes that are not on screen, and still knows them later', () => {
  const { store, schedule } = storeWithFrames();
  store.put('far away', 7);
  expect(schedule).not.toHaveBeenCalled();
  expect(store.get('far away')).toBe(7);
});

it('tells only the rows whose value changed, and none that has left', () => {
  const { store, nextFrame } = storeWithFrames();
  const [a, b] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const leave = store.watch('a', a);
  store.watch('b', b);
  store.put('a', 1);
  store.put('b', 1);
  leave();
  nextFrame();
  expect(a).not.toHaveBeenCalled();
  expect(b).toHaveBeenCalledTimes(1);
});
