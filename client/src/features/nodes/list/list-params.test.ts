import { expect, it } from 'vitest';
import { parseTag, readParams, toFilter, toOrder, writeParams } from './list-params';

it('[R1.6] reads from the address what it wrote into it', () => {
  const params = {
    search: 'fra 01',
    status: 'DEGRADED' as const,
    tags: [{ key: 'region', value: 'eu=west' }],
    groupIds: ['g1', 'g2'],
    sort: 'CPU' as const,
    descending: true,
  };
  const query = writeParams(params);
  expect(query.toString()).toBe('q=fra+01&status=degraded&tag=region%3Deu%3Dwest&group=g1&group=g2&sort=-cpu');
  expect(readParams(query)).toEqual(params);
});

it('takes an address that makes no sense for the plain list', () => {
  const params = readParams(new URLSearchParams('status=wonderful&sort=-colour&tag=alone'));
  expect(toFilter(params)).toEqual({});
  expect(toOrder(params)).toEqual({ field: 'NAME', direction: 'ASC' });
  expect(writeParams(params).toString()).toBe('');
});

it.each([
  ['region=eu', { key: 'region', value: 'eu' }],
  [' isp = AS 24940 ', { key: 'isp', value: 'AS 24940' }],
  ['region=', undefined],
  ['=eu', undefined],
  ['region', undefined],
])('[R1.6] understands the tag "%s"', (text, tag) => {
  expect(parseTag(text)).toEqual(tag);
});
