import type { DataSource } from 'typeorm';
import { Admin } from './admin.entity.js';
import { generatePassword, hashPassword } from './passwords.js';
import { AdminRole } from './principal.js';

export const FIRST_ADMIN = 'admin';

/**
 * Makes the first administrator when there is none. Answers the password when it was made up here, to be shown once;
 * undefined when the operator chose it, or when there was an administrator before.
 */
export async function ensureFirstAdmin(db: DataSource, chosen: string | undefined): Promise<string | undefined> {
  if ((await db.getRepository(Admin).count()) > 0) return undefined;
  const password = chosen ?? generatePassword();
  const rows = await db.query<unknown[]>(
    `INSERT INTO admins (username, password_hash, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id`,
    [FIRST_ADMIN, await hashPassword(password), AdminRole.OWNER],
  );
  return rows.length > 0 && chosen === undefined ? password : undefined;
}
