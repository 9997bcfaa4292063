import { execute, parse, validate, type ExecutionResult } from 'graphql';
import { panelSchema } from '../bare/schema.js';
import { LIST_QUERY, type ListPage } from './list-query.js';

const WARM_UP_MS = 500;

/** Pages per second of one core: graphql-js over the same page as plain objects, and the text of the answer. */
export async function bareExecutionsPerSecond(page: ListPage, seconds: number): Promise<number> {
  const schema = panelSchema();
  const document = parse(LIST_QUERY);
  const errors = validate(schema, document);
  if (errors[0]) throw errors[0];
  const once = async (): Promise<void> => {
    const result: ExecutionResult = await execute({ schema, document, rootValue: page });
    if (result.errors?.[0]) throw result.errors[0];
    JSON.stringify(result);
  };
  await repeat(once, WARM_UP_MS);
  const before = process.cpuUsage();
  const count = await repeat(once, seconds * 1_000);
  const { user, system } = process.cpuUsage(before);
  return (count * 1e6) / (user + system);
}

async function repeat(work: () => Promise<void>, milliseconds: number): Promise<number> {
  const endMs = performance.now() + milliseconds;
  let count = 0;
  for (; performance.now() < endMs; count += 1) await work();
  return count;
}
