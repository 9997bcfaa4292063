// Prints the path of the browser for the tests, unpacked first where that is needed.
import { ensureBrowser } from './lib/browser.mjs';
import { runScript } from './lib/run-script.mjs';

await runScript(async () => console.log(await ensureBrowser()));
