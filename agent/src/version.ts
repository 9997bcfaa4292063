import { readFileSync } from 'node:fs';

// The bundle has the version compiled in; run from the sources it is read from package.json.
declare const __AGENT_VERSION__: string | undefined;

export const AGENT_VERSION: string =
  typeof __AGENT_VERSION__ === 'string' ? __AGENT_VERSION__ : versionOf(new URL('../package.json', import.meta.url));

function versionOf(packageJson: URL): string {
  return (JSON.parse(readFileSync(packageJson, 'utf8')) as { version: string }).version;
}
