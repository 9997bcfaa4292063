import 'reflect-metadata';
import { expect, test, vi } from 'vitest';
import { EventBus } from '../../platform/events/bus.js';
import { silentLogger } from '../../platform/log.js';
import { AgentWork } from './agent-work.js';

/** A work stream of which the first query fails. */
function failing() {
  const events = new EventBus(silentLogger);
  const stop = vi.fn();
  vi.spyOn(events, 'on').mockReturnValue(stop);
  const db = { query: () => Promise.reject(new Error('the database is gone')) };
  const stream = new AgentWork(db as never, events, {} as never, {} as never, {} as never, {} as never).open('node');
  return { stream, stop };
}

test('a stream of commands that fails stops listening for pokes', async () => {
  const { stream, stop } = failing();
  await expect(stream.next()).rejects.toThrow('the database is gone');
  expect(stop).toHaveBeenCalled();
});

test('a stream of commands that is ended while it waits ends, and stops listening', async () => {
  const { stream, stop } = failing();
  await stream.next().catch(() => undefined);
  await stream.return?.();
  expect(await stream.next()).toEqual({ value: undefined, done: true });
  expect(stop).toHaveBeenCalled();
});
