import type { EntityManager } from 'typeorm';
import { hashSecret } from '../../platform/token-secret.js';
import type { Location, LocationInput } from '../nodes/index.js';
import {
  credentialKey,
  newCredentials,
  newToken,
  passwordKey,
  userDigest,
  type CredentialStore,
} from './credentials.js';
import { userStatus } from './user-status.js';
import type { CreateUserInput, UserStatus } from './user.types.js';

/** A user as it is stored, but for its groups. */
interface NewRow {
  id: string;
  username: string;
  status: UserStatus;
  note: string | null;
  dataLimit: string | null;
  expiresAt: string | null;
  location: string | null;
  credentials: Buffer;
  credentialKey: Buffer;
  passwordKey: Buffer;
  digestA: string;
  digestB: string;
  token: Buffer;
  tokenHash: Buffer;
  groupIds: string[];
}

/** In the order of the statement that takes them. */
const COLUMNS = [
  'id',
  'username',
  'status',
  'note',
  'dataLimit',
  'expiresAt',
  'location',
  'credentials',
  'credentialKey',
  'passwordKey',
  'digestA',
  'digestB',
  'token',
  'tokenHash',
] as const satisfies (keyof NewRow)[];

/** With credentials and links of their own, unless they bring credentials along. */
export const newRows = (
  users: readonly { id: string; input: CreateUserInput }[],
  store: CredentialStore,
  now: Date,
): NewRow[] => users.map(({ id, input }) => newRow(id, input, store, now));

/** All of them in two statements. */
export async function insertUsers(manager: EntityManager, version: string, rows: readonly NewRow[]): Promise<void> {
  await manager.query(
    `INSERT INTO users (id, username, status, note, data_limit, expires_at, location, credentials, credential_key,
       password_key, digest_a, digest_b, subscription_token, subscription_hash, version)
     SELECT *, $15::bigint FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[],
       $7::jsonb[], $8::bytea[], $9::bytea[], $10::bytea[], $11::bigint[], $12::bigint[], $13::bytea[], $14::bytea[])`,
    [...COLUMNS.map((column) => rows.map((row) => row[column])), version],
  );
  const members = rows.flatMap(({ id, groupIds }) => groupIds.map((groupId) => ({ id, groupId })));
  await manager.query(
    `INSERT INTO user_groups (user_id, group_id) SELECT * FROM unnest($1::uuid[], $2::uuid[]) ON CONFLICT DO NOTHING`,
    [members.map(({ id }) => id), members.map(({ groupId }) => groupId)],
  );
}

export function toLocation(input: LocationInput | null | undefined): Location | null {
  if (!input) return null;
  const { latitude, longitude, city = null, countryCode = null } = input;
  return { latitude, longitude, city, countryCode };
}

function newRow(id: string, input: CreateUserInput, store: CredentialStore, now: Date): NewRow {
  const made = newCredentials();
  const credentials = { uuid: input.uuid ?? made.uuid, password: input.password ?? made.password };
  const token = newToken();
  const [a, b] = userDigest(id, credentials);
  const { expiresAt = null, dataLimit = null, note = null, groupIds } = input;
  const location = toLocation(input.location);
  return {
    id,
    username: input.username,
    status: userStatus({ disabled: false, expiresAt, dataLimit, dataUsed: 0n }, now),
    note,
    dataLimit: dataLimit?.toString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    location: location && JSON.stringify(location),
    credentials: store.seal(id, credentials),
    credentialKey: credentialKey(credentials),
    passwordKey: passwordKey(credentials),
    digestA: String(a),
    digestB: String(b),
    token: store.sealToken(id, token),
    tokenHash: hashSecret(token),
    groupIds,
  };
}
