// npm run codegen: schema.graphql from the server, then the types of client and agent from schema.graphql.
import { differingFiles, generate, generatedFiles } from './lib/codegen.mjs';
import { toRelative } from './lib/project-paths.mjs';
import { runScript } from './lib/run-script.mjs';

await runScript(async () => {
  const before = generatedFiles();
  await generate();
  const changed = differingFiles(before, generatedFiles()).map((file) => toRelative(file));
  console.log(changed.length === 0 ? 'Nothing has changed.' : ['Changed:', ...changed].join('\n  '));
});
