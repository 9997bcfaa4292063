import { expect, it } from 'vitest';
import { Trail } from './trail';

it('adds a point every few seconds and keeps the newest value of each', () => {
  const trail = new Trail();
  trail.add(1, 0);
  trail.add(2, 500);
  trail.add(3, Trail.EVERY_MS);
  expect(trail.values()).toEqual([2, 3]);
});

it('forgets the oldest', () => {
  const trail = new Trail();
  for (let step = 0; step < Trail.LENGTH + 3; step += 1) trail.add(step, step * Trail.EVERY_MS);
  expect(trail.values()).toHaveLength(Trail.LENGTH);
  expect(trail.values()[0]).toBe(3);
});
