import { CombinedError } from 'urql';
import { expect, it } from 'vitest';
import { fieldError, hasCode, toFailure } from './errors';

const refusal = (extensions: Record<string, unknown>) =>
  new CombinedError({ graphQLErrors: [{ message: 'Refused', extensions }] });

it('finds the words for a form field, also for a part of it', () => {
  const failure = toFailure(
    refusal({
      code: 'BAD_USER_INPUT',
      fields: [{ path: 'tags.0.key', message: 'Too long' }, { path: 'name', message: 'Taken' }, 'junk'],
    }),
  );
  expect(fieldError(failure, 'tags')).toBe('Too long');
  expect(fieldError(failure, 'name')).toBe('Taken');
  expect(fieldError(failure, 'address')).toBeUndefined();
});

it('keeps the request id and the time to wait', () => {
  expect(toFailure(refusal({ code: 'INTERNAL_SERVER_ERROR', requestId: 'r1' }))).toMatchObject({ requestId: 'r1' });
  expect(toFailure(refusal({ code: 'RATE_LIMITED', retryAfter: 30 }))).toMatchObject({ retryAfterSeconds: 30 });
});

it('tells a panel that cannot be reached from one that refuses', () => {
  expect(toFailure(new CombinedError({ networkError: new Error('down') })).code).toBe('NETWORK');
  expect(hasCode(refusal({ code: 'UNAUTHENTICATED' }), 'UNAUTHENTICATED')).toBe(true);
  expect(toFailure(new Error('odd'))).toMatchObject({ code: 'UNKNOWN', message: 'odd' });
});
