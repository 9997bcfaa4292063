// Builds dist/vpanel-agent-linux-<arch>: the bundle inside a copy of the Node.js that runs this, for nodes without one.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inject } from 'postject';
import { buildAgent } from './build.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const blob = here('dist/vpanel-agent.blob');
const settings = here('dist/vpanel-agent.sea.json');
const executable = here(`dist/vpanel-agent-linux-${process.arch}`);

const { outfile: main } = await buildAgent();
writeFileSync(settings, JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true }));
execFileSync(process.execPath, ['--experimental-sea-config', settings], { stdio: ['ignore', 'ignore', 'inherit'] });

// A running agent may hold the old file open.
rmSync(executable, { force: true });
copyFileSync(process.execPath, executable);
await inject(executable, 'NODE_SEA_BLOB', readFileSync(blob), {
  // Node looks for this mark; it is the same for every application.
  sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
});
chmodSync(executable, 0o755);
for (const path of [blob, settings]) rmSync(path);
console.log(`${executable}  ${(statSync(executable).size / 1e6).toFixed(0)} MB`);
