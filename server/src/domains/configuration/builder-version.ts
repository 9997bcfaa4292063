import type { DataSource } from 'typeorm';
import type { ConfigChanges } from '../sync/index.js';
import { BUILDER_VERSION } from './node-config.js';

/** After an update that builds configurations in another way, every node has to be looked at again. */
export async function markForNewBuilder(db: DataSource, changes: ConfigChanges): Promise<void> {
  await db.transaction(async (manager) => {
    const [, changed] = await manager.query<[unknown[], number]>(
      'UPDATE config_clock SET builder = $1 WHERE builder <> $1',
      [BUILDER_VERSION],
    );
    if (changed === 0) return;
    await changes.mark(manager, await changes.begin(manager), 'structure', { all: true });
  });
}
