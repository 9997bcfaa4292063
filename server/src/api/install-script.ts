import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The installer of the agent, with the address and the CA of this panel filled in. */
export function installScript(agentDir: string, panelUrl: string, caCertificate: string): string {
  return readFileSync(join(agentDir, 'install.sh.template'), 'utf8')
    .replaceAll('{{PANEL_URL}}', panelUrl)
    .replaceAll('{{CA_PEM}}', caCertificate.trim());
}
