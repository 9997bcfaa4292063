import Papa from 'papaparse';

/**
 * A file of users becomes records of plain text, whatever its format; what the texts mean is for import-rows.ts to say.
 */
export const COLUMNS = ['username', 'groups', 'dataLimit', 'expiresAt', 'note', 'uuid', 'password'] as const;
export type Column = (typeof COLUMNS)[number];

/** Texts by column; `extra` says that there are more cells than columns, `broken` that it is no record at all. */
export interface ImportRecord {
  cells: Partial<Record<Column, string>>;
  groups: string[];
  flaw?: 'extraCells' | 'notAnObject';
}

export type FileProblem =
  | { kind: 'empty' }
  | { kind: 'encoding' }
  | { kind: 'tooLarge' }
  | { kind: 'noUsername' }
  | { kind: 'twoColumns'; column: string }
  | { kind: 'openQuote'; row: number }
  | { kind: 'notJson'; message: string }
  | { kind: 'notAList' }
  | { kind: 'tooMany'; count: number };

export interface ImportFile {
  records: ImportRecord[];
  /** Columns that mean nothing here and are left out. */
  ignored: string[];
  problem?: FileProblem;
}

/** What the panel creates at once. */
export const MOST_ROWS = 10_000;

const NAMES: Record<string, Column> = {
  username: 'username',
  user: 'username',
  name: 'username',
  email: 'username',
  groups: 'groups',
  group: 'groups',
  datalimit: 'dataLimit',
  limit: 'dataLimit',
  quota: 'dataLimit',
  expiresat: 'expiresAt',
  expires: 'expiresAt',
  expiry: 'expiresAt',
  expire: 'expiresAt',
  note: 'note',
  notes: 'note',
  comment: 'note',
  uuid: 'uuid',
  password: 'password',
};

/** "data_limit" and "Data limit" as well as "dataLimit". */
const columnOf = (name: string): Column | undefined => {
  const plain = name.toLowerCase().replace(/[\s_-]/g, '');
  return Object.hasOwn(NAMES, plain) ? NAMES[plain] : undefined;
};

/** More than the panel takes in one request would hold. */
const MOST_FILE_BYTES = 16_777_216;

/** UTF-8, or the UTF-16 that spreadsheets write with a mark at the beginning. */
export function decodeImport(bytes: Uint8Array): ImportFile {
  if (bytes.byteLength > MOST_FILE_BYTES) return failed({ kind: 'tooLarge' });
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return readImport(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return failed({ kind: 'encoding' });
  }
}

export function readImport(text: string): ImportFile {
  const content = text.replace(/^\uFEFF/, '');
  const first = content.trimStart()[0];
  if (first === undefined) return failed({ kind: 'empty' });
  return first === '[' || first === '{' ? readJson(content) : readCsv(content);
}

const failed = (problem: FileProblem): ImportFile => ({ records: [], ignored: [], problem });

const splitGroups = (text: string): string[] =>
  text
    .split(/[,;|]/)
    .map((name) => name.trim())
    .filter(Boolean);

function readCsv(content: string): ImportFile {
  const { data, errors } = Papa.parse<string[]>(content, { delimiter: separatorOf(content), skipEmptyLines: 'greedy' });
  const open = errors.find(({ type }) => type === 'Quotes');
  if (open) return failed({ kind: 'openQuote', row: open.row ?? 0 });
  const [header = [], ...lines] = data;
  const columns = header.map(columnOf);
  const twice = columns.find((column, index) => column && columns.indexOf(column) !== index);
  if (twice) return failed({ kind: 'twoColumns', column: twice });
  if (!columns.includes('username')) return failed({ kind: 'noUsername' });
  if (lines.length === 0) return failed({ kind: 'empty' });
  return {
    ignored: header.filter((name, index) => name.trim() && !columns[index]).map((name) => name.trim()),
    ...bounded(lines.map((line) => toRecord(line, columns))),
  };
}

function toRecord(line: readonly string[], columns: readonly (Column | undefined)[]): ImportRecord {
  const cells: ImportRecord['cells'] = {};
  columns.forEach((column, index) => {
    if (column) cells[column] = line[index]?.trim() ?? '';
  });
  const extra = line.slice(columns.length).some((cell) => cell.trim());
  return { cells, groups: splitGroups(cells.groups ?? ''), ...(extra && { flaw: 'extraCells' as const }) };
}

/** What stands most often between the names of the columns. */
function separatorOf(content: string): string {
  const header =
    content
      .trimStart()
      .split(/[\r\n]/, 1)[0]
      ?.replace(/"[^"]*"/g, '') ?? '';
  const counts = [',', ';', '\t'].map((separator) => [separator, header.split(separator).length] as const);
  return counts.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ',';
}

function readJson(content: string): ImportFile {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    return failed({ kind: 'notJson', message: error instanceof Error ? error.message : String(error) });
  }
  if (isObject(value) && Array.isArray(value['users'])) value = value['users'];
  if (!Array.isArray(value)) return failed({ kind: 'notAList' });
  if (value.length === 0) return failed({ kind: 'empty' });
  const ignored = new Set<string>();
  const records = value.map((entry: unknown) => fromObject(entry, ignored));
  if (!records.some(({ cells }) => cells.username !== undefined)) return failed({ kind: 'noUsername' });
  return { ignored: [...ignored], ...bounded(records) };
}

function fromObject(entry: unknown, ignored: Set<string>): ImportRecord {
  if (!isObject(entry)) return { cells: {}, groups: [], flaw: 'notAnObject' };
  const record: ImportRecord = { cells: {}, groups: [] };
  for (const [name, value] of Object.entries(entry)) {
    const column = columnOf(name);
    if (!column) ignored.add(name);
    else if (column === 'groups') {
      record.groups = Array.isArray(value) ? value.map(toText).filter(Boolean) : splitGroups(toText(value));
      record.cells.groups = record.groups.join(', ');
    } else record.cells[column] = toText(value);
  }
  return record;
}

/** Objects become text that no field takes, so that the row is marked rather than the value lost. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  return JSON.stringify(value);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function bounded(records: ImportRecord[]): Pick<ImportFile, 'records' | 'problem'> {
  if (records.length <= MOST_ROWS) return { records };
  return { records: records.slice(0, MOST_ROWS), problem: { kind: 'tooMany', count: records.length } };
}
