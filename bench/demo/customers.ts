import type { UserInput } from '../support/service.js';

const DAY_MS = 86_400_000;
const GIB = 1_073_741_824;

const GIVEN = [
  'amelia', 'anton', 'beatriz', 'daniel', 'elif', 'fatima', 'hana', 'ivan', 'jonas', 'kenji', 'lea', 'lucas', 'mei', 'mikko', 'nadia', 'olga', 'pedro', 'priya', 'samir', 'yuki',
]; // prettier-ignore
const FAMILY = ['almeida', 'berg', 'costa', 'demir', 'fischer', 'haddad', 'ito', 'keller', 'kim', 'laine', 'moreau', 'novak', 'patel']; // prettier-ignore
/** Null is unlimited. */
const LIMITS_GIB = [50, 100, 100, 200, 500, null];
const NOTES = [
  '',
  '',
  '',
  'pays by invoice',
  'family plan, 4 devices',
  'asked for a node in Lisbon',
  'support contract',
];

interface Customers {
  count: number;
  /** Each customer is in one of these or, every now and then, in two. */
  groupIds: readonly string[];
  now: number;
}

/** People with different names, plans and ends of their contracts. */
export function customers({ count, groupIds, now }: Customers): UserInput[] {
  const at = <Item>(list: readonly Item[], index: number): Item => list[index % list.length]!;
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / (GIVEN.length * FAMILY.length));
    const limitGib = at(LIMITS_GIB, index * 5 + Math.floor(index / 7));
    const note = at(NOTES, index * 3 + Math.floor(index / 5));
    const group = index + Math.floor(index / GIVEN.length);
    return {
      username: `${at(GIVEN, index)}.${at(FAMILY, index)}${round > 0 ? round + 1 : ''}`,
      groupIds: [...new Set([at(groupIds, group), at(groupIds, index % 9 === 0 ? group + 1 : group)])],
      ...(note && { note }),
      ...(limitGib !== null && { dataLimit: limitGib * GIB }),
      ...(index % 4 !== 3 && { expiresAt: new Date(now + (1 + ((index * 37) % 180)) * DAY_MS) }),
    };
  });
}
