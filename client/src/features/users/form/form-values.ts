import type { CreateUserInput, UpdateUserInput, UserFieldsFragment } from '../../../graphql/gen/graphql';
import type { Failure } from '../../../graphql/errors';
import { toNumber } from '../../../i18n/to-number';
import { parseSize, type SizeUnit, splitSize } from './data-size';
import { inDays, parseExpiry, toDateInput } from './expiry';
import { nameSeries } from './name-series';

export const EXPIRY_CHOICES = ['never', '30', '90', '365', 'date'] as const;
export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number];

/** What is in the form: text as typed, so that nothing is lost when the panel refuses it. */
export interface UserFormValues {
  username: string;
  /** Of several: what their names begin with, how many, and the first number. */
  prefix: string;
  count: string;
  from: string;
  groupIds: string[];
  limit: string;
  limitUnit: SizeUnit;
  expiry: ExpiryChoice;
  date: string;
  note: string;
}

export const EMPTY_USER: UserFormValues = {
  username: '',
  prefix: 'user-',
  count: '10',
  from: '1',
  groupIds: [],
  limit: '',
  limitUnit: 'GiB',
  expiry: 'never',
  date: '',
  note: '',
};

export const MOST_AT_ONCE = 10_000;

export type UserProblem = 'required' | 'noGroup' | 'size' | 'count' | 'from' | 'date';
export type UserProblems = Partial<Record<keyof UserFormValues, UserProblem>>;

/** Only what the panel would not understand at all; what it may refuse is for the panel to say. */
export function findProblems(values: UserFormValues, kind: 'one' | 'several' | 'edit'): UserProblems {
  const problems: UserProblems = {};
  if (kind === 'one' && !values.username.trim()) problems.username = 'required';
  if (kind === 'several') {
    if (!values.prefix.trim()) problems.prefix = 'required';
    if (!isWhole(values.count, 1, MOST_AT_ONCE)) problems.count = 'count';
    if (!isWhole(values.from, 0, 999_999_999)) problems.from = 'from';
  }
  if (kind !== 'edit' && values.groupIds.length === 0) problems.groupIds = 'noGroup';
  if (values.limit.trim() && limitOf(values) === undefined) problems.limit = 'size';
  if (values.expiry === 'date' && !parseExpiry(values.date, 0)) problems.date = 'date';
  return problems;
}

const isWhole = (text: string, least: number, most: number): boolean => {
  const value = toNumber(text);
  return value !== undefined && Number.isInteger(value) && value >= least && value <= most;
};

const limitOf = ({ limit, limitUnit }: UserFormValues): bigint | null | undefined =>
  limit.trim() ? parseSize(`${limit.trim()}${limitUnit}`) : null;

function expiryOf({ expiry, date }: UserFormValues, now: number): string | null {
  if (expiry === 'never') return null;
  const time = expiry === 'date' ? parseExpiry(date, now) : inDays(Number(expiry), now);
  return time?.toISOString() ?? null;
}

export function toCreateInput(values: UserFormValues, username: string, now: number): CreateUserInput {
  return {
    username,
    groupIds: values.groupIds,
    dataLimit: limitOf(values)?.toString() ?? null,
    expiresAt: expiryOf(values, now),
    note: values.note.trim() || null,
  };
}

export const seriesOf = ({ prefix, count, from }: UserFormValues): string[] =>
  nameSeries(prefix.trim(), toNumber(count) ?? 0, toNumber(from) ?? 1);

export function toFormValues(user: UserFieldsFragment): UserFormValues {
  const size = user.dataLimit ? splitSize(user.dataLimit) : undefined;
  return {
    ...EMPTY_USER,
    username: user.username,
    groupIds: user.groups.map(({ id }) => id),
    limit: size?.amount ?? '',
    limitUnit: size?.unit ?? 'GiB',
    expiry: user.expiresAt ? 'date' : 'never',
    date: user.expiresAt ? toDateInput(user.expiresAt) : '',
    note: user.note ?? '',
  };
}

/** Only what was changed: a limit or a time that the form shows rounded stays as exact as it was. */
export function toUpdateInput(id: string, before: UserFormValues, after: UserFormValues, now: number): UpdateUserInput {
  const changed = (...fields: (keyof UserFormValues)[]) =>
    fields.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return {
    id,
    ...(changed('groupIds') && { groupIds: after.groupIds }),
    ...(changed('limit', 'limitUnit') && { dataLimit: limitOf(after)?.toString() ?? null }),
    ...(changed('expiry', 'date') && { expiresAt: expiryOf(after, now) }),
    ...(changed('note') && { note: after.note.trim() || null }),
  };
}

/** The panel's words for a field; of several users those for the first one that it refuses, with the name. */
export function userFieldError(failure: Failure | undefined, field: string, names: readonly string[] = []) {
  const found = failure?.fields.find(({ path }) => {
    const plain = path.replace(/^\d+\./, '');
    return plain === field || plain.startsWith(`${field}.`);
  });
  if (!found) return undefined;
  const name = names[Number(/^\d+(?=\.)/.exec(found.path)?.[0] ?? NaN)];
  return name === undefined ? found.message : `${name}: ${found.message}`;
}
