import { expect, it } from 'vitest';
import type { UserFieldsFragment } from '../../../graphql/gen/graphql';
import {
  EMPTY_USER,
  findProblems,
  seriesOf,
  toCreateInput,
  toFormValues,
  toUpdateInput,
  userFieldError,
} from './form-values';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const FILLED = { ...EMPTY_USER, username: ' mina ', groupIds: ['g1'] };
const user: UserFieldsFragment = {
  id: 'u1',
  username: 'mina',
  status: 'ACTIVE',
  note: 'a friend',
  dataLimit: '10737418241',
  dataUsed: '0',
  expiresAt: '2026-06-01T08:30:00.000Z',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  subscriptionFetchedAt: null,
  subscriptionClient: null,
  subscriptionUrl: 'http://panel/sub/x',
  groups: [{ id: 'g1', name: 'eu' }],
  pendingNodes: [],
};

it('[R6.2] asks for a name and a group before it asks the panel', () => {
  expect(findProblems(EMPTY_USER, 'one')).toEqual({ username: 'required', groupIds: 'noGroup' });
  expect(findProblems(FILLED, 'one')).toEqual({});
  expect(findProblems({ ...EMPTY_USER, groupIds: [] }, 'edit')).toEqual({});
});

it.each([
  [{ limit: 'lots' }, { limit: 'size' }],
  [{ limit: '-5' }, { limit: 'size' }],
  [{ limit: '9999999999' }, { limit: 'size' }],
  [{ expiry: 'date' as const }, { date: 'date' }],
  [{ expiry: 'date' as const, date: '2026-02-30' }, { date: 'date' }],
  [{ count: '0' }, { count: 'count' }],
  [{ count: '10001' }, { count: 'count' }],
  [{ from: '-1' }, { from: 'from' }],
  [{ prefix: ' ' }, { prefix: 'required' }],
])('[R6.2] finds what is wrong with %o', (part, problems) => {
  expect(findProblems({ ...FILLED, limitUnit: 'TiB', ...part }, 'several')).toEqual(problems);
});

it('[R6.2] sends limits in bytes and ends as times', () => {
  expect(toCreateInput({ ...FILLED, limit: '10', expiry: '30', note: ' x ' }, 'mina', NOW)).toEqual({
    username: 'mina',
    groupIds: ['g1'],
    dataLimit: '10737418240',
    expiresAt: '2026-03-31T12:00:00.000Z',
    note: 'x',
  });
  expect(toCreateInput(FILLED, 'mina', NOW)).toMatchObject({ dataLimit: null, expiresAt: null, note: null });
});

it('[R6.2] names as many as were asked for, also in Persian digits', () => {
  expect(seriesOf({ ...FILLED, prefix: 'u-', count: '۳', from: '۹' })).toEqual(['u-009', 'u-010', 'u-011']);
});

it('[R6.2] changes only what was changed, and clears by null', () => {
  const before = toFormValues(user);
  expect(toUpdateInput('u1', before, before, NOW)).toEqual({ id: 'u1' });
  expect(toUpdateInput('u1', before, { ...before, note: '', limit: '', expiry: 'never', groupIds: [] }, NOW)).toEqual({
    id: 'u1',
    groupIds: [],
    dataLimit: null,
    expiresAt: null,
    note: null,
  });
  expect(toUpdateInput('u1', before, { ...before, expiry: '90' }, NOW)).toEqual({
    id: 'u1',
    expiresAt: '2026-05-30T12:00:00.000Z',
  });
});

it('[R6.2] finds the panel’s words for a field, with the name where there are several', () => {
  const failure = (path: string) => ({ code: 'CONFLICT', message: '', fields: [{ path, message: 'is taken' }] });
  expect(userFieldError(failure('username'), 'username')).toBe('is taken');
  expect(userFieldError(failure('groupIds.0'), 'groupIds')).toBe('is taken');
  expect(userFieldError(failure('1.username'), 'username', ['a', 'b'])).toBe('b: is taken');
  expect(userFieldError(failure('0.groupIds'), 'groupIds', ['a', 'b'])).toBe('a: is taken');
  expect(userFieldError(failure('note'), 'username')).toBeUndefined();
  expect(userFieldError(undefined, 'username')).toBeUndefined();
});
