import type { Location } from '../nodes/index.js';
import type { CredentialStore } from './credentials.js';
import { User, type UserStatus } from './user.types.js';

/** A row of USER_COLUMNS, as the driver hands it over. */
export interface UserRow {
  id: string;
  username: string;
  status: UserStatus;
  note: string | null;
  data_limit: string | null;
  data_used: string;
  expires_at: Date | null;
  location: Location | null;
  subscription_token: Buffer;
  subscription_fetched_at: Date | null;
  subscription_agent: string | null;
  version: string;
  created_at: Date;
  updated_at: Date;
}

export const USER_COLUMNS = `u.id, u.username, u.status, u.note, u.data_limit, u.data_used, u.expires_at, u.location,
  u.subscription_token, u.subscription_fetched_at, u.subscription_agent, u.version, u.created_at, u.updated_at`;

export const toUser = (row: UserRow, store: CredentialStore): User =>
  Object.assign(Object.create(User.prototype) as User, {
    id: row.id,
    username: row.username,
    status: row.status,
    note: row.note,
    dataLimit: row.data_limit === null ? null : BigInt(row.data_limit),
    dataUsed: BigInt(row.data_used),
    expiresAt: row.expires_at,
    location: row.location,
    subscriptionToken: store.openToken(row.id, row.subscription_token),
    subscriptionFetchedAt: row.subscription_fetched_at,
    subscriptionClient: row.subscription_agent,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });
