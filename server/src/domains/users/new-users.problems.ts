import type { EntityManager } from 'typeorm';
import { AppError, violatedConstraint, type FieldProblem } from '../../platform/errors.js';
import { isUuid } from '../nodes/index.js';
import { credentialKey, isUserUuid, passwordKey } from './credentials.js';
import type { CreateUserInput, UserProblem } from './user.types.js';
import { isPassword, newUserProblems } from './user.validation.js';

const TOLD_IN_MESSAGE = 20;
const TAKEN = 'is that of another user';

/** What has to be of one user alone: to a node, two users with one credential are one, and removing either locks out both. */
interface Keys {
  username: string | undefined;
  uuid: string | undefined;
  password: string | undefined;
}

const FIELDS = ['username', 'uuid', 'password'] as const satisfies (keyof Keys)[];

/** Undefined for what is refused anyway, or made by the panel. */
const keysOf = ({ username, uuid, password }: CreateUserInput): Keys => ({
  username: username.includes('\0') ? undefined : username,
  uuid: uuid && isUserUuid(uuid) ? credentialKey({ uuid, password: '' }).toString('hex') : undefined,
  password: password && isPassword(password) ? passwordKey({ uuid: '', password }).toString('hex') : undefined,
});

/** All that is wrong with users to be created, by row. */
export async function newUsersProblems(
  manager: EntityManager,
  inputs: readonly CreateUserInput[],
): Promise<UserProblem[]> {
  const keys = inputs.map(keysOf);
  const problems = [
    ...inputs.flatMap((input, row) =>
      newUserProblems(input).map(({ path, message }): UserProblem => ({ row, field: path, message })),
    ),
    ...FIELDS.flatMap((field) => twice(field, keys)),
    ...(await taken(manager, keys)),
    ...(await unknownGroups(manager, inputs)),
  ];
  return problems.toSorted((a, b) => a.row - b.row);
}

function twice(field: keyof Keys, keys: readonly Keys[]): UserProblem[] {
  const seen = new Map<string, number>();
  return keys.flatMap(({ [field]: key }, row) => {
    if (key === undefined) return [];
    const first = seen.get(key);
    if (first === undefined) seen.set(key, row);
    return first === undefined ? [] : [{ row, field, message: `is also that of row ${first + 1}` }];
  });
}

async function taken(manager: EntityManager, keys: readonly Keys[]): Promise<UserProblem[]> {
  const of = (field: keyof Keys): string[] => keys.flatMap(({ [field]: key }) => key ?? []);
  const rows = await manager.query<Keys[]>(
    `SELECT username, encode(credential_key, 'hex') AS uuid, encode(password_key, 'hex') AS password FROM users
     WHERE username = ANY($1) OR credential_key = ANY(SELECT decode(k, 'hex') FROM unnest($2::text[]) k)
       OR password_key = ANY(SELECT decode(k, 'hex') FROM unnest($3::text[]) k)`,
    FIELDS.map(of),
  );
  return FIELDS.flatMap((field) => {
    const known = new Set(rows.map((row) => row[field]));
    return keys.flatMap(({ [field]: key }, row) =>
      key !== undefined && known.has(key) ? [{ row, field, message: TAKEN }] : [],
    );
  });
}

async function unknownGroups(manager: EntityManager, inputs: readonly CreateUserInput[]): Promise<UserProblem[]> {
  const wanted = [...new Set(inputs.flatMap(({ groupIds }) => groupIds))].filter(isUuid);
  const rows = await manager.query<{ id: string }[]>('SELECT id FROM node_groups WHERE id = ANY($1) FOR KEY SHARE', [
    wanted,
  ]);
  const known = new Set(rows.map(({ id }) => id));
  return inputs.flatMap(({ groupIds }, row) =>
    groupIds.some((id) => !known.has(id.toLowerCase()))
      ? [{ row, field: 'groupIds', message: 'names a group that does not exist' }]
      : [],
  );
}

/** When all that is wrong is taken already, it is a CONFLICT; everything else is input to be corrected. */
export function refusal(problems: readonly UserProblem[], path: (field: string, row: number) => string): AppError {
  const fields: FieldProblem[] = problems.map(({ row, field, message }) => ({ path: path(field, row), message }));
  const conflict = problems.every(({ message }) => message === TAKEN);
  const message = fields.slice(0, TOLD_IN_MESSAGE).map((field) => `${field.path}: ${field.message}`);
  if (fields.length > message.length) message.push(`and ${fields.length - message.length} more`);
  return new AppError(conflict ? 'CONFLICT' : 'BAD_USER_INPUT', message.join('; '), { fields });
}

const CONSTRAINTS: Record<string, keyof Keys> = {
  users_username_key: 'username',
  users_credential_key_key: 'uuid',
  users_password_key_key: 'password',
};

/** For what another transaction has taken a moment ago. */
export function onDuplicate(error: unknown): never {
  const field = CONSTRAINTS[violatedConstraint(error) ?? ''];
  if (!field) throw error;
  throw new AppError('CONFLICT', `${field}: ${TAKEN}`, { fields: [{ path: field, message: TAKEN }] });
}
