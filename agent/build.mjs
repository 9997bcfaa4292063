// Builds dist/vpanel-agent.cjs: the whole agent in one file, for any Node from 20.19 on, without node_modules.
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here('package.json'), 'utf8'));

export async function buildAgent(outfile = here('dist/vpanel-agent.cjs')) {
  mkdirSync(new URL('dist', import.meta.url), { recursive: true });
  const { metafile } = await build({
    entryPoints: [here('src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    legalComments: 'eof',
    logLevel: 'warning',
    metafile: true,
    define: { __AGENT_VERSION__: JSON.stringify(version), 'import.meta.url': '""' },
    banner: { js: '#!/usr/bin/env node' },
    // ws looks for these at run time and works without them.
    external: ['bufferutil', 'utf-8-validate'],
  });
  chmodSync(outfile, 0o755);
  return { outfile, metafile };
}

/** Bytes of the bundle that each package is responsible for, the largest first. */
function shares(metafile) {
  const [output] = Object.values(metafile.outputs);
  const bytes = new Map();
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? 'agent';
    bytes.set(name, (bytes.get(name) ?? 0) + bytesInOutput);
  }
  return [...bytes].toSorted(([, a], [, b]) => b - a);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { outfile, metafile } = await buildAgent();
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`${outfile}  ${kilobytes(Object.values(metafile.outputs)[0].bytes)}`);
  for (const [name, bytes] of shares(metafile).slice(0, 10)) console.log(`  ${kilobytes(bytes).padStart(9)}  ${name}`);
}
