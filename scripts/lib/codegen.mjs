import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { build } from './build.mjs';
import { fromRoot, packageCommand } from './project-paths.mjs';
import { runNode } from './run-command.mjs';
import { Problem } from './run-script.mjs';
import { sourceFiles } from './source-files.mjs';

const SCHEMA = fromRoot('schema.graphql');
const GENERATED_FOLDERS = ['client/src/graphql/gen', 'agent/src/gql'];

/** The schema comes from the server, and the clients' types from the schema. The server needs none of them. */
export async function generate() {
  await build(['server']);
  await emitSchema();
  await runNode([packageCommand('graphql-codegen'), '--config', 'codegen.yml'], { quiet: true }).catch((error) => {
    throw new Problem(`graphql-codegen failed:\n${error.output ?? error.message}`, { cause: error });
  });
}

async function emitSchema() {
  const draft = fromRoot('.cache/codegen/schema.graphql');
  mkdirSync(fromRoot('.cache/codegen'), { recursive: true });
  await runNode(['--enable-source-maps', fromRoot('server/dist/emit-schema.js'), draft], { quiet: true }).catch(
    (error) => {
      throw new Problem(`The server could not emit its schema:\n${error.output ?? error.message}`, { cause: error });
    },
  );
  const options = await resolveConfig(SCHEMA);
  const schema = await format(readFileSync(draft, 'utf8'), { ...options, parser: 'graphql' });
  if (!existsSync(SCHEMA) || readFileSync(SCHEMA, 'utf8') !== schema) writeFileSync(SCHEMA, schema);
}

/** Content by path of everything that is generated and kept in git. */
export function generatedFiles() {
  const files = [SCHEMA, ...GENERATED_FOLDERS.flatMap((folder) => sourceFiles(fromRoot(folder)))];
  return new Map(files.filter((file) => existsSync(file)).map((file) => [file, readFileSync(file, 'utf8')]));
}

export function differingFiles(before, after) {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((file) => before.get(file) !== after.get(file))
    .toSorted();
}
