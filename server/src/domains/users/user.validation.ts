import type { FieldProblem } from '../../platform/errors.js';
import { validateLocation } from '../nodes/index.js';
import { isUserUuid } from './credentials.js';
import { UserStatus, type CreateUserInput, type UpdateUserInput } from './user.types.js';

const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u;
const PASSWORD = /^[\x21-\x7e]{8,128}$/;
const LONGEST_NOTE = 500;
const MOST_GROUPS = 100;

export const isPassword = (text: string): boolean => PASSWORD.test(text);

/** All that is wrong with a user to be created, as far as the input alone tells. */
export function newUserProblems(input: CreateUserInput): FieldProblem[] {
  const problems = commonProblems(input);
  const check = (path: string, message: string, valid: boolean): void => {
    if (!valid) problems.push({ path, message });
  };
  const rule = 'must be 1 to 64 letters, digits and . _ - @ +, beginning with a letter or digit';
  check('username', rule, USERNAME.test(input.username));
  check('uuid', 'must be a UUID in lower case', input.uuid == null || isUserUuid(input.uuid));
  check(
    'password',
    'must be 8 to 128 printable ASCII characters',
    input.password == null || PASSWORD.test(input.password),
  );
  return problems;
}

export function userChangeProblems(input: UpdateUserInput): FieldProblem[] {
  const problems = commonProblems(input);
  if (input.status === null || input.status === UserStatus.LIMITED || input.status === UserStatus.EXPIRED) {
    problems.push({ path: 'status', message: 'must be ACTIVE or DISABLED: the others follow from limit and expiry' });
  }
  if (input.groupIds === null)
    problems.push({ path: 'groupIds', message: 'cannot be null; an empty list is possible' });
  return problems;
}

function commonProblems(input: CreateUserInput | UpdateUserInput): FieldProblem[] {
  const problems: FieldProblem[] = input.location ? validateLocation(input.location) : [];
  if (input.dataLimit != null && input.dataLimit < 1n) {
    problems.push({ path: 'dataLimit', message: 'must be 1 or more, or null for unlimited' });
  }
  if ((input.note?.length ?? 0) > LONGEST_NOTE || input.note?.includes('\0')) {
    problems.push({ path: 'note', message: `must be at most ${LONGEST_NOTE} characters of text` });
  }
  if ((input.groupIds?.length ?? 0) > MOST_GROUPS) {
    problems.push({ path: 'groupIds', message: `must be at most ${MOST_GROUPS} groups` });
  }
  return problems;
}
