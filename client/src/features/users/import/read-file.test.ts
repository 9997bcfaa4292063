import { expect, it } from 'vitest';
import { toCsv } from './csv-file';
import { decodeImport, MOST_ROWS, readImport } from './read-file';

const cellsOf = (text: string) => readImport(text).records.map(({ cells }) => cells);

it.each([
  ['commas', 'username,groups,dataLimit\nmina,eu,10GB\n'],
  ['semicolons', 'username;groups;dataLimit\r\nmina;eu;10GB\r\n'],
  ['tabs', 'username\tgroups\tdataLimit\nmina\teu\t10GB'],
  ['a byte order mark, spaces and empty lines', '\uFEFF username , Groups, data_limit \n\n mina , eu , 10GB \n,,\n'],
  ['quotes', '"username","groups","dataLimit"\n"mina","eu","10GB"'],
  ['JSON', '[{"username":"mina","groups":["eu"],"dataLimit":"10GB"}]'],
  ['JSON in an object', '{"users":[{"username":"mina","groups":"eu","data_limit":"10GB"}]}'],
])('[R6.2] reads a file with %s', (_what, text) => {
  const { records, problem } = readImport(text);
  expect(problem).toBeUndefined();
  expect(records).toEqual([{ cells: { username: 'mina', groups: 'eu', dataLimit: '10GB' }, groups: ['eu'] }]);
});

it('[R6.2] keeps separators, line ends and quotes that are quoted', () => {
  const text = 'username,groups,note\nmina,"eu, us;ru|fa","says ""hi"",\nand; more"\n';
  expect(readImport(text).records[0]).toEqual({
    cells: { username: 'mina', groups: 'eu, us;ru|fa', note: 'says "hi",\nand; more' },
    groups: ['eu', 'us', 'ru', 'fa'],
  });
});

it('[R6.2] takes columns in any order and says which it leaves out', () => {
  const { records, ignored } = readImport('traffic,user,Expires at\n5,mina,30d');
  expect(ignored).toEqual(['traffic']);
  expect(records[0]?.cells).toEqual({ username: 'mina', expiresAt: '30d' });
});

it.each([
  ['', 'empty'],
  ['\uFEFF \n ', 'empty'],
  ['username,groups\n', 'empty'],
  ['[]', 'empty'],
  ['mina,eu\nreza,us', 'noUsername'],
  ['[{"id":1}]', 'noUsername'],
  ['username,user\nmina,mina', 'twoColumns'],
  ['username,note\nmina,"never closed\nreza,x', 'openQuote'],
  ['[{"username":"mina"},]', 'notJson'],
  ['{"username":"mina"}', 'notAList'],
])('[R6.2] refuses %j as %s', (text, kind) => {
  expect(readImport(text)).toMatchObject({ records: [], problem: { kind } });
});

it('[R6.2] marks rows that are no records', () => {
  expect(readImport('[{"username":"mina"},5,null,["x"]]').records.map(({ flaw }) => flaw)).toEqual([
    undefined,
    'notAnObject',
    'notAnObject',
    'notAnObject',
  ]);
  expect(readImport('username,note\nmina,a,b').records[0]?.flaw).toBe('extraCells');
});

it('[R6.2] takes nothing from names that every object has', () => {
  const text = '[{"username":"mina","__proto__":{"note":"x"},"constructor":"y"}]';
  const { records, ignored } = readImport(text);
  expect(ignored).toEqual(['__proto__', 'constructor']);
  expect(records[0]?.cells).toEqual({ username: 'mina' });
  expect(cellsOf('username,toString,hasOwnProperty\nmina,a,b')).toEqual([{ username: 'mina' }]);
});

it('[R6.2] writes values of JSON that are no text so that they are refused, not lost', () => {
  const [cells] = cellsOf('[{"username":{"a":1},"note":7,"dataLimit":1e30,"expiresAt":null,"password":false}]');
  expect(cells).toEqual({ username: '{"a":1}', note: '7', dataLimit: '1e+30', expiresAt: '', password: 'false' });
});

it('[R6.2] reads 10,000 users at once and says when there are more', () => {
  const lines = Array.from({ length: MOST_ROWS + 1 }, (_, index) => `user-${index},"eu,us",10GB,30d,"a note, quoted"`);
  const text = ['username,groups,dataLimit,expiresAt,note', ...lines].join('\n');
  const startedAt = performance.now();
  const { records, problem } = readImport(text);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(records).toHaveLength(MOST_ROWS);
  expect(problem).toEqual({ kind: 'tooMany', count: MOST_ROWS + 1 });
});

it('[R6.2] is not slowed down by a hostile file', () => {
  const startedAt = performance.now();
  readImport(`username,note\n${'"'.repeat(200_000)}`);
  readImport(`${',;\t'.repeat(50_000)}\nx`);
  readImport('['.repeat(100_000));
  expect(performance.now() - startedAt).toBeLessThan(1_500);
});

it('[R6.2] reads what spreadsheets save as Unicode, and refuses what it cannot read', () => {
  const text = '\uFEFFusername\tgroups\nرضا\teu\n';
  const utf16 = new Uint8Array(Uint16Array.from(text, (char) => char.charCodeAt(0)).buffer);
  expect(decodeImport(utf16).records[0]?.cells).toEqual({ username: 'رضا', groups: 'eu' });
  expect(decodeImport(new TextEncoder().encode(text)).records[0]?.cells.username).toBe('رضا');
  expect(decodeImport(Uint8Array.of(0x75, 0xf0, 0xe5, 0x0a)).problem).toEqual({ kind: 'encoding' });
  expect(decodeImport(new Uint8Array(17_000_000)).problem).toEqual({ kind: 'tooLarge' });
});

it('[R6.2] writes a file that it reads back, and no formulas', () => {
  const csv = toCsv(
    ['username', 'note'],
    [
      ['mina', '=HYPERLINK("http://x")'],
      ['رضا', 'a "b",\nc'],
    ],
  );
  expect(cellsOf(csv)).toEqual([
    { username: 'mina', note: '\'=HYPERLINK("http://x")' },
    { username: 'رضا', note: 'a "b",\nc' },
  ]);
});
