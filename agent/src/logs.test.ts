import { expect, test } from 'vitest';
import { createLog } from './logs.js';
import { LogOutbox } from './outbox/log-outbox.js';

function logTo(isTTY: boolean) {
  const outbox = new LogOutbox();
  const written: string[] = [];
  const output = { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  return { log: createLog('debug', outbox, output), outbox, written };
}

test('from info on the lines go to the panel too, as sentences', () => {
  const { log, outbox, written } = logTo(false);
  log.debug('a detail');
  log.warn({ waitMs: 500 }, 'No connection');
  expect(written).toHaveLength(2);
  expect(outbox.batch()).toMatchObject([{ source: 'AGENT', text: 'No connection (waitMs=500)' }]);
});

test('secrets are not written, whoever passes them', () => {
  const { log, outbox, written } = logTo(false);
  log.info({ nodeToken: 'vpn1.a.b', identity: { privateKey: 'PEM' } }, 'Joined');
  expect(written.join() + JSON.stringify(outbox.batch())).not.toMatch(/vpn1|PEM/);
});

test('a terminal gets readable lines', () => {
  const { log, written } = logTo(true);
  log.info({ node: 'fra-1' }, 'Connected');
  expect(written[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} INFO {2}Connected \(node=fra-1\)\n$/);
});
