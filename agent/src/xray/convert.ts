import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { writeFileAtomically } from '../atomic-file.js';
import type { Section } from '../configuration/document.js';
import { complaintIn } from './process.js';
import { decode } from './messages.js';
import type { TypedMessage } from './messages.js';

const TIMEOUT_MS = 30_000;

interface Converted {
  inbound: Uint8Array[];
  app: TypedMessage[];
}

/**
 * Lets the node's own Xray turn JSON into the protobuf that its API takes (`xray convert pb`): only that very version
 * knows all the fields of its transports.
 */
export class Converter {
  constructor(
    /** A path without an ending that Xray knows: it would write JSON. */
    private readonly path: string,
    private readonly environment: Record<string, string>,
  ) {}

  /** Each inbound by its tag. */
  async inbounds(binary: string, inbounds: string[]): Promise<Map<string, Uint8Array>> {
    if (inbounds.length === 0) return new Map();
    const { inbound } = await this.convert(binary, `{"inbounds":[${inbounds.join(',')}]}`);
    return new Map(inbound.map((bytes) => [tagOf(bytes), bytes]));
  }

  async routing(binary: string, routing: Section): Promise<TypedMessage> {
    const { app } = await this.convert(binary, JSON.stringify({ routing }));
    const router = app.find(({ type }) => type === 'xray.app.router.Config');
    if (!router) throw new Error('Xray made no routing of it');
    return router;
  }

  private async convert(binary: string, json: string): Promise<Converted> {
    const [input, output] = [`${this.path}.json`, `${this.path}.pb`];
    try {
      writeFileAtomically(input, json);
      await this.run(binary, ['convert', 'pb', '-o', output, input]);
      return decode('Config', readFileSync(output)) as Converted;
    } finally {
      for (const path of [input, output]) rmSync(path, { force: true });
    }
  }

  private run(binary: string, args: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
      execFile(binary, args, { timeout: TIMEOUT_MS, env: this.environment }, (error, stdout, stderr) => {
        if (error) reject(new Error(complaintIn(`${stdout}\n${stderr}`) || error.message));
        else resolve();
      });
    });
  }
}

function tagOf(inbound: Uint8Array): string {
  return (decode('InboundHandlerConfig', inbound) as { tag: string }).tag;
}
