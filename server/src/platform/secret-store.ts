import type { DataSource } from 'typeorm';
import type { SecretBox } from './secret-box.js';

/** The panel's own keys. All panels of a cluster share them through the database, sealed. */
export class SecretStore {
  constructor(
    private readonly db: DataSource,
    private readonly box: SecretBox,
  ) {}

  /** The stored secret, or what `create` makes, stored once even when several panels start together. */
  async getOrCreate(name: string, create: () => Promise<string>): Promise<string> {
    const found = await this.get(name);
    if (found !== undefined) return found;
    const sealed = this.box.seal(await create(), name);
    await this.db.query('INSERT INTO panel_secrets (name, sealed) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      name,
      sealed,
    ]);
    const stored = await this.get(name);
    if (stored === undefined) throw new Error(`The secret ${name} was not stored`);
    return stored;
  }

  async replace(name: string, plain: string): Promise<void> {
    const sealed = this.box.seal(plain, name);
    await this.db.query(
      'INSERT INTO panel_secrets (name, sealed) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed',
      [name, sealed],
    );
  }

  async get(name: string): Promise<string | undefined> {
    const [row] = await this.db.query<{ sealed: Buffer }[]>('SELECT sealed FROM panel_secrets WHERE name = $1', [name]);
    if (!row) return undefined;
    try {
      return this.box.open(row.sealed, name);
    } catch (cause) {
      throw new Error(
        `The stored key "${name}" cannot be opened: this is not the secret key it was sealed with. Bring back ` +
          'secret.key of the data directory, or the former VPANEL_SECRET_KEY',
        { cause },
      );
    }
  }
}
