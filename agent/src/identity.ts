import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readIfPresent, writeFileAtomically } from './atomic-file.js';
import { OperatorError } from './errors.js';

/** What the panel has told the node to do; kept, so that the agent works the same before it has reached the panel. */
export interface Settings {
  agentPort: number;
  metricsIntervalSeconds: number;
  trafficIntervalSeconds: number;
}

/** Who this node is and whom it trusts. */
export interface Identity {
  panelUrl: string;
  nodeId: string;
  nodeToken: string;
  /** The only authority that this agent believes, PEM. */
  ca: string;
  /** Of the local API, PEM. The key never leaves the node. */
  privateKey: string;
  certificate: string;
  /** Which join token made this identity: a restart with the same, spent token is no second join. */
  joinTokenId: string;
  settings: Settings;
}

/**
 * One file for all of it: whatever happens in the middle of a new join, token, key and CA always belong together.
 */
export class IdentityStore {
  private readonly path: string;

  constructor(private readonly dataDir: string) {
    this.path = join(dataDir, 'identity.json');
  }

  load(): Identity | undefined {
    const text = readIfPresent(this.path);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as Identity;
    } catch {
      throw new OperatorError(
        `${this.path} is damaged. Create a new join token for this node in the panel and join again.`,
      );
    }
  }

  save(identity: Identity): void {
    writeFileAtomically(this.path, JSON.stringify(identity, null, 2) + '\n');
  }

  /** Only the agent may look into its directory. */
  prepare(): void {
    mkdirSync(this.dataDir, { recursive: true, mode: 0o700 });
    chmodSync(this.dataDir, 0o700);
  }
}
