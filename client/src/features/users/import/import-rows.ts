import type { CreateUserInput } from '../../../graphql/gen/graphql';
import { parseSize } from '../form/data-size';
import { parseExpiry } from '../form/expiry';
import type { Column, ImportRecord } from './read-file';

/** What is wrong with a field: the dashboard's own finding, or the panel's words. */
export type RowProblem = { column: Column } & (
  | { kind: 'required' | 'size' | 'expiry' | 'noGroup' | 'extraCells' | 'notAnObject' }
  | { kind: 'unknownGroup'; name: string }
  | { kind: 'panel'; message: string }
);

export interface ImportRow {
  /** From 1, as the file counts its users. */
  number: number;
  cells: ImportRecord['cells'];
  input: CreateUserInput;
  problems: RowProblem[];
}

export interface Meaning {
  /** Ids of the groups by name. */
  groups: ReadonlyMap<string, string>;
  /** For users of whom the file names no group. */
  otherwise: readonly string[];
  now: number;
}

export function toImportRows(records: readonly ImportRecord[], meaning: Meaning): ImportRow[] {
  const ids = new Map([...meaning.groups].map(([name, id]) => [name.toLowerCase(), id]));
  return records.map((record, index) => toImportRow(record, index + 1, { ...meaning, groups: ids }));
}

function toImportRow({ cells, groups, flaw }: ImportRecord, number: number, meaning: Meaning): ImportRow {
  const problems: RowProblem[] = [];
  if (flaw) problems.push({ column: 'username', kind: flaw });
  if (!cells.username && !flaw) problems.push({ column: 'username', kind: 'required' });
  const groupIds = groups.flatMap((name) => {
    const id = meaning.groups.get(name.toLowerCase());
    if (!id) problems.push({ column: 'groups', kind: 'unknownGroup', name });
    return id ?? [];
  });
  if (groups.length === 0) groupIds.push(...meaning.otherwise);
  if (groups.length === 0 && meaning.otherwise.length === 0 && !flaw)
    problems.push({ column: 'groups', kind: 'noGroup' });
  const dataLimit = sizeOf(cells.dataLimit);
  if (dataLimit === undefined) problems.push({ column: 'dataLimit', kind: 'size' });
  const expiresAt = parseExpiry(cells.expiresAt ?? '', meaning.now);
  if (expiresAt === undefined) problems.push({ column: 'expiresAt', kind: 'expiry' });
  const input: CreateUserInput = {
    username: cells.username ?? '',
    groupIds: [...new Set(groupIds)],
    dataLimit: dataLimit?.toString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    ...(cells.note && { note: cells.note }),
    ...(cells.uuid && { uuid: cells.uuid.toLowerCase() }),
    ...(cells.password && { password: cells.password }),
  };
  return { number, cells, input, problems };
}

const UNLIMITED = new Set(['', '-', '0', 'unlimited', 'none', 'null']);

/** Null is unlimited. */
function sizeOf(text = ''): bigint | null | undefined {
  return UNLIMITED.has(text.toLowerCase()) ? null : parseSize(text);
}

const COLUMN_OF_FIELD: Record<string, Column> = { groupIds: 'groups' };

/** The panel's findings at their rows; what is found of a field already is not said twice. */
export function withFindings(
  rows: readonly ImportRow[],
  findings: readonly { row: number; field: string; message: string }[],
): ImportRow[] {
  const byRow = new Map<number, { field: string; message: string }[]>();
  for (const { row, ...finding } of findings) byRow.set(row, [...(byRow.get(row) ?? []), finding]);
  return rows.map((row, index) => {
    const more = (byRow.get(index) ?? [])
      .map(({ field, message }): RowProblem => {
        const column = COLUMN_OF_FIELD[field.split('.')[0] ?? ''] ?? (field as Column);
        return { column, kind: 'panel', message };
      })
      .filter(({ column }) => !row.problems.some((problem) => problem.column === column));
    return more.length === 0 ? row : { ...row, problems: [...row.problems, ...more] };
  });
}
