import { forEachBounded } from '../support/bounded.js';
import type { PanelApi } from '../support/panel-api.js';

/** A panel refuses a document with more root fields. */
const NODES_PER_REQUEST = 10;
const REQUESTS_IN_FLIGHT = 4;

export interface NodeSpec {
  name: string;
  address: string;
  tags: { key: string; value: string }[];
  location: { latitude: number; longitude: number; city: string; countryCode: string };
  weight: number;
  groupIds?: string[];
  agentPort?: number;
}

export interface CreatedNode {
  node: { id: string };
  joinToken: string;
}

export async function createNodes(
  api: PanelApi,
  specs: readonly NodeSpec[],
  onProgress: (created: number) => void = () => undefined,
): Promise<CreatedNode[]> {
  const batches: NodeSpec[][] = [];
  for (let start = 0; start < specs.length; start += NODES_PER_REQUEST) {
    batches.push(specs.slice(start, start + NODES_PER_REQUEST));
  }
  let created = 0;
  const answers = await forEachBounded(batches, REQUESTS_IN_FLIGHT, async (batch) => {
    const data = await createBatch(api, batch);
    onProgress((created += batch.length));
    return data;
  });
  return answers.flat();
}

async function createBatch(api: PanelApi, batch: NodeSpec[]): Promise<CreatedNode[]> {
  const names = batch.map((_, index) => `n${index}`);
  const declared = names.map((name) => `$${name}: CreateNodeInput!`).join(', ');
  const fields = names.map((name) => `${name}: createNode(input: $${name}) { node { id } joinToken }`).join(' ');
  const variables = Object.fromEntries(batch.map((spec, index) => [`n${index}`, spec]));
  const data = await api.gql<Record<string, CreatedNode>>(`mutation (${declared}) { ${fields} }`, variables);
  return names.flatMap((name) => data[name] ?? []);
}
