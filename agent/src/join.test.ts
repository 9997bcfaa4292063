import { afterEach, beforeEach, expect, test } from 'vitest';
import { pino } from 'pino';
import { fetchAuthority, join } from './join.js';
import type { JoinContext } from './join.js';
import { parseJoinToken } from './join-token.js';
import { TestAuthority } from './support/certificates.js';
import { FakePanel } from './support/fake-panel.js';
import { ManualClock } from './support/manual-clock.js';

let panel: FakePanel;
let context: JoinContext & { clock: ManualClock };

beforeEach(async () => {
  panel = await FakePanel.start();
  const xray = { xrayVersion: undefined, configRevision: undefined };
  context = { log: pino({ level: 'silent' }), clock: new ManualClock(), attempts: 3, startedAt: new Date(), xray };
});
afterEach(() => panel.close());

test('[R3.8] the authority is taken from the panel only when it is the one that the token pins', async () => {
  expect(await fetchAuthority(panel.url, panel.authority.pin)).toBe(panel.authority.pem);
  const other = await TestAuthority.create();
  await expect(fetchAuthority(panel.url, other.pin)).rejects.toThrow('Somebody may be between this node and the panel');
});

test('[R3.7] a join answers everything that the node needs, and the key stays here', async () => {
  const identity = await join(parseJoinToken(panel.joinToken), context);
  expect(identity).toMatchObject({
    panelUrl: panel.url,
    nodeId: 'node-1',
    nodeToken: panel.nodeToken,
    ca: panel.authority.pem,
  });
  expect(JSON.stringify(panel.registrations)).not.toContain('PRIVATE KEY');
});

test('[R3.1] a used join token is refused at once, with words that help, and is not tried again', async () => {
  const token = parseJoinToken(panel.joinToken);
  await join(token, context);
  await expect(join(token, context)).rejects.toMatchObject({
    exitCode: 78,
    message: expect.stringContaining('Create a new join token'),
  });
  expect(context.clock.waiting).toEqual([]);
});

test('[R3.1] an unreachable panel is tried again with back-off, and given up after the attempts that were allowed', async () => {
  const token = parseJoinToken(panel.joinToken);
  await panel.close();
  const joining = join(token, context).catch((error: unknown) => error);
  for (const limitMs of [1_000, 2_000]) {
    await expect.poll(() => context.clock.waiting).toHaveLength(1);
    const [waitMs] = context.clock.waiting;
    expect(waitMs).toBeGreaterThanOrEqual(500);
    expect(waitMs).toBeLessThanOrEqual(limitMs);
    context.clock.pass(limitMs);
  }
  expect(await joining).toMatchObject({ exitCode: 1, message: expect.stringContaining('cannot be reached') });
});
