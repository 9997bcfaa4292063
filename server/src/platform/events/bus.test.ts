import { expect, test } from 'vitest';
import { recordingLogger } from '../../testing/logs.js';
import { EventBus } from './bus.js';

const event = { nodeId: 'n', kind: 'UPDATED' } as const;

test('a listener hears what is published on its topic, until it stops listening', () => {
  const bus = new EventBus(recordingLogger().log);
  const heard: unknown[] = [];
  const stop = bus.on('nodeChanged', (change) => heard.push(change));
  bus.publish('nodeChanged', event);
  bus.publish('settingsChanged', {});
  stop();
  bus.publish('nodeChanged', event);
  expect(heard).toEqual([event]);
});

test('a listener that throws is logged and keeps the event from nobody', () => {
  const { log, entries } = recordingLogger();
  const bus = new EventBus(log);
  let heard = 0;
  bus.on('nodeChanged', () => {
    throw new Error('broken listener');
  });
  bus.on('nodeChanged', () => (heard += 1));
  expect(() => bus.publish('nodeChanged', event)).not.toThrow();
  expect(heard).toBe(1);
  expect(entries[0]).toMatchObject({ level: 50, msg: 'a listener failed', topic: 'nodeChanged' });
});

test('what is published goes to the other panels as well, what came from them does not go back', () => {
  const bus = new EventBus(recordingLogger().log);
  const sent: unknown[] = [];
  bus.connect({ send: (topic, sentEvent) => sent.push([topic, sentEvent]) });
  bus.publish('nodeChanged', event);
  bus.deliver('nodeChanged', { ...event, nodeId: 'other' });
  bus.connect(undefined);
  bus.publish('nodeChanged', event);
  expect(sent).toEqual([['nodeChanged', event]]);
});
