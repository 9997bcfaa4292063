import { expect, it } from 'vitest';
import { type Meaning, toImportRows, withFindings } from './import-rows';
import { readImport } from './read-file';

const MEANING: Meaning = {
  groups: new Map([
    ['Europe', 'g1'],
    ['asia', 'g2'],
  ]),
  otherwise: [],
  now: Date.parse('2026-03-01T12:00:00Z'),
};
const rowsOf = (text: string, meaning: Partial<Meaning> = {}) =>
  toImportRows(readImport(text).records, { ...MEANING, ...meaning });

it('[R6.2] makes of a row what the panel is asked to create', () => {
  const uuid = '6F3C1B1E-8F4D-4C59-9D5B-0A5B1C2D3E4F';
  const [row] = rowsOf(`username,groups,dataLimit,expiresAt,note,uuid,password
mina,"europe, ASIA",10GB,30d,From another panel,${uuid},secret-1`);
  expect(row).toMatchObject({ number: 1, problems: [] });
  expect(row?.input).toEqual({
    username: 'mina',
    groupIds: ['g1', 'g2'],
    dataLimit: '10737418240',
    expiresAt: '2026-03-31T12:00:00.000Z',
    note: 'From another panel',
    uuid: uuid.toLowerCase(),
    password: 'secret-1',
  });
});

it('[R6.2] leaves a user unlimited and for ever who has neither limit nor end', () => {
  const rows = rowsOf('username,groups,dataLimit,expiresAt\na,asia,,\nb,asia,0,never\nc,asia,Unlimited,-');
  expect(rows.map(({ input }) => [input.dataLimit, input.expiresAt])).toEqual([
    [null, null],
    [null, null],
    [null, null],
  ]);
});

it('[R6.2] puts users without a group into the chosen ones', () => {
  const text = 'username,groups\nmina,\nreza,asia';
  expect(rowsOf(text, { otherwise: ['g1'] }).map(({ input }) => input.groupIds)).toEqual([['g1'], ['g2']]);
  expect(rowsOf(text)[0]?.problems).toEqual([{ column: 'groups', kind: 'noGroup' }]);
});

it('[R6.2] says at each field what is wrong with it', () => {
  const [row] = rowsOf('username,groups,dataLimit,expiresAt\n,"asia,mars",lots,31.12.2026');
  expect(row?.problems).toEqual([
    { column: 'username', kind: 'required' },
    { column: 'groups', kind: 'unknownGroup', name: 'mars' },
    { column: 'dataLimit', kind: 'size' },
    { column: 'expiresAt', kind: 'expiry' },
  ]);
});

it('[R6.2] adds the findings of the panel, once for each field', () => {
  const rows = withFindings(rowsOf('username,groups\nmina,asia\nreza,mars'), [
    { row: 0, field: 'username', message: 'is the name of another user' },
    { row: 1, field: 'groupIds', message: 'names a group that does not exist' },
  ]);
  expect(rows.map(({ problems }) => problems)).toEqual([
    [{ column: 'username', kind: 'panel', message: 'is the name of another user' }],
    [{ column: 'groups', kind: 'unknownGroup', name: 'mars' }],
  ]);
});

it('[R6.2] understands 10,000 rows in a moment', () => {
  const text = ['username,groups,dataLimit,expiresAt'];
  for (let index = 0; index < 10_000; index += 1) text.push(`user-${index},europe,10GB,30d`);
  const startedAt = performance.now();
  expect(rowsOf(text.join('\n')).every(({ problems }) => problems.length === 0)).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(1_500);
});
