import { expect, test } from 'vitest';
import { BoundedStream } from '../events/conflate.js';
import { openStream } from './stream.js';

function parts() {
  const order: string[] = [];
  let push!: (value: string) => void;
  const live = () => {
    order.push('listening');
    return new BoundedStream<string>(10, (given) => {
      push = given;
      return () => order.push('stopped');
    });
  };
  const snapshot = () => {
    order.push('reading');
    push('while reading');
    return Promise.resolve(['first', 'second']);
  };
  return { order, parts: { live, snapshot } };
}

test('the live part is opened before the snapshot is read: what happens meanwhile is not lost', async () => {
  const { order, parts: given } = parts();
  const stream = openStream(given, 'both');
  const values = [(await stream.next()).value, (await stream.next()).value, (await stream.next()).value];
  expect(values).toEqual(['first', 'second', 'while reading']);
  expect(order).toEqual(['listening', 'reading']);
});

test('a reader that leaves within the snapshot stops the listening', async () => {
  const { order, parts: given } = parts();
  for await (const value of openStream(given, 'both')) {
    expect(value).toBe('first');
    break;
  }
  expect(order).toEqual(['listening', 'reading', 'stopped']);
});

test('the snapshot alone ends, and listens to nothing', async () => {
  const values: string[] = [];
  const snapshot = () => Promise.resolve(['only']);
  const live = () => {
    throw new Error('not asked for');
  };
  for await (const value of openStream({ live, snapshot }, 'snapshot')) values.push(value);
  expect(values).toEqual(['only']);
});
