import { z } from 'zod';
import { inboundSchema, protocolSchema, type Protocol } from './inbound.schema.js';

/**
 * What an editor checks and completes while an inbound is written: JSON Schema draft-07, which editors know best. It has the
 * present spellings only, so that it leads to them; older ones are still taken when the proxy is saved.
 *
 * With a protocol it is the schema of an inbound whose protocol and port are given beside it, and may be left out.
 */
export function inboundJsonSchema(protocol?: Protocol): Record<string, unknown> {
  const schema = protocol ? protocolSchema(protocol).partial({ protocol: true, port: true }) : inboundSchema;
  return z.toJSONSchema(schema, { target: 'draft-7', io: 'input', reused: 'ref' });
}
