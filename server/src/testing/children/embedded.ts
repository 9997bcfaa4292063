import { silentLogger } from '../../platform/log.js';
import { EmbeddedPostgres } from '../../platform/postgres/embedded.js';

// Starts the server of a folder, says how it went, and stays until it is ended.
const [dir = ''] = process.argv.slice(2);
setInterval(() => undefined, 60_000);
EmbeddedPostgres.start({ dir, log: silentLogger }).then(
  ({ processId }) => process.stdout.write(`started ${processId}\n`),
  (error: Error) => process.stdout.write(`failed ${error.message.replaceAll('\n', ' ')}\n`),
);
