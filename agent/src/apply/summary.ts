import type { LivePlan } from './plan.js';

/** "2 users added, 1 removed, inbounds a, b replaced, 3 connections closed" */
export function summaryOf({ users, add, remove }: LivePlan, closed: number): string {
  const added = add.map(({ tag }) => tag);
  const counts: [number, string][] = [
    [users.added.length, 'added'],
    [users.removed.length, 'removed'],
    [users.changed.length, 'changed'],
  ];
  const changedUsers = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const parts = [
    ...changedUsers
      .slice(0, 1)
      .map((first) => first.replace(/^(\d+)/, (count) => `${count} user${count === '1' ? '' : 's'}`)),
    ...changedUsers.slice(1),
    ...inboundsOf(
      added.filter((tag) => !remove.includes(tag)),
      'added',
    ),
    ...inboundsOf(
      added.filter((tag) => remove.includes(tag)),
      'replaced',
    ),
    ...inboundsOf(
      remove.filter((tag) => !added.includes(tag)),
      'removed',
    ),
    ...(closed > 0 ? [`${closed} connection${closed === 1 ? '' : 's'} closed`] : []),
  ];
  return parts.join(', ') || 'Nothing had to change in Xray';
}

function inboundsOf(tags: string[], what: string): string[] {
  if (tags.length === 0) return [];
  return [tags.length > 3 ? `${tags.length} inbounds ${what}` : `inbound ${tags.join(', ')} ${what}`];
}
