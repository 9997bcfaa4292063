// npm run dev: compiler, panel and client, each restarting or reloading by itself when a file changes.
import { build } from './lib/build.mjs';
import { ProcessGroups } from './lib/process-groups.mjs';
import { TSC, fromRoot } from './lib/project-paths.mjs';
import { runScript } from './lib/run-script.mjs';

await runScript(async () => {
  await build(['server', 'agent', 'client']);
  const port = process.env.VPANEL_PUBLIC_PORT ?? '8080';
  const panelUrl = process.env.VPANEL_DEV_PANEL ?? `http://127.0.0.1:${port}`;
  const programs = new ProcessGroups();
  programs.start('The compiler', [TSC, '-w', '--preserveWatchOutput', '-p', 'server/tsconfig.build.json']);
  programs.start('The panel', ['--watch', '--enable-source-maps', fromRoot('server/dist/main.js')]);
  programs.start('The client', ['node_modules/vite/bin/vite.js', 'dev', 'client'], {
    env: { ...process.env, VPANEL_DEV_PANEL: panelUrl },
  });
  return programs.untilOneEnds();
});
