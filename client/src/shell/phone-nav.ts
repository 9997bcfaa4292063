import type { NavItem } from '../plugin';

const WITHIN_REACH = 4;

/** The most important stay in sight, in the order of the sidebar; the others are behind one more entry. */
export function phoneNav<T extends NavItem>(items: readonly T[]): { shown: T[]; rest: T[] } {
  const priority = (item: T) => item.priority ?? 0;
  const important = items.toSorted((a, b) => priority(b) - priority(a)).slice(0, WITHIN_REACH);
  return {
    shown: items.filter((item) => important.includes(item)),
    rest: items.filter((item) => !important.includes(item)),
  };
}
