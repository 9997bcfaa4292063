import { parseArgs } from 'node:util';

/** Reads `--name value` for each of the defaults; anything else on the command line is refused. */
export function readOptions<Name extends string>(defaults: Record<Name, number>): Record<Name, number> {
  const names = Object.keys(defaults) as Name[];
  const { values } = parseArgs({
    options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
  });
  const options = { ...defaults };
  for (const name of names) {
    const text = values[name];
    if (text === undefined) continue;
    const value = Number(text);
    if (!(value > 0)) throw new Error(`--${name} ${text}: a number above 0 is wanted`);
    options[name] = value;
  }
  return options;
}
