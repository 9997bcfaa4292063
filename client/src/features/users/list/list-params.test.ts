import { expect, it } from 'vitest';
import { isFiltered, readParams, toFilter, toOrder, writeParams } from './list-params';

it('[R9.2] reads from the address what it wrote into it', () => {
  const params = {
    search: 'mina k',
    status: 'LIMITED' as const,
    groupIds: ['g1', 'g2'],
    sort: 'CREATED_AT' as const,
    descending: true,
  };
  const query = writeParams(params);
  expect(query.toString()).toBe('q=mina+k&status=limited&group=g1&group=g2&sort=-created_at');
  expect(readParams(query)).toEqual(params);
  expect(toFilter(params)).toEqual({ search: 'mina k', status: ['LIMITED'], groupIds: ['g1', 'g2'] });
  expect(toOrder(params)).toEqual({ field: 'CREATED_AT', direction: 'DESC' });
});

it('[R9.2] takes an address that makes no sense for the plain list', () => {
  const params = readParams(new URLSearchParams('status=wonderful&sort=-colour&group='));
  expect(isFiltered(params)).toBe(false);
  expect(toOrder(params)).toEqual({ field: 'USERNAME', direction: 'ASC' });
  expect(writeParams(params).toString()).toBe('');
});
