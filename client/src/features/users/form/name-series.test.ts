import { expect, it } from 'vitest';
import { nameSeries } from './name-series';

it('[R6.2] numbers names so that they sort', () => {
  expect(nameSeries('user-', 2)).toEqual(['user-001', 'user-002']);
  expect(nameSeries('user-', 100).at(-1)).toBe('user-100');
  const many = nameSeries('u', 10_000);
  expect([many[0], many.at(-1)]).toEqual(['u00001', 'u10000']);
  expect(many.toSorted()).toEqual(many);
});

it('[R6.2] goes on where an earlier series ended', () => {
  expect(nameSeries('user-', 2, 999)).toEqual(['user-0999', 'user-1000']);
});
