/**
 * The faults of a Dockerfile that cost an outage or a break-in and can be seen without building it, as
 * `{ line, message }`. `exists(path)` tells whether the build context holds a path.
 */
export function lintDockerfile(text, { exists }) {
  const instructions = parseDockerfile(text);
  const stages = splitIntoStages(instructions);
  if (stages.length === 0) return [{ line: 1, message: 'has no FROM' }];
  const known = new Set();
  const faults = [];
  for (const stage of stages) {
    faults.push(...lintFrom(stage, known), ...stage.body.flatMap((each) => lintInstruction(each, known, exists)));
    if (stage.name) known.add(stage.name);
  }
  return [...faults, ...lintFinalStage(stages.at(-1), stages)].toSorted((a, b) => a.line - b.line);
}

/** Instructions as `{ line, name, args }`, continued lines joined and comments left out. */
export function parseDockerfile(text) {
  const instructions = [];
  let open;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const continues = line.endsWith('\\');
    const part = continues ? line.slice(0, -1).trim() : line;
    if (open) open.args += ` ${part}`;
    else {
      const [, name, args] = /^(\S+)\s*(.*)$/.exec(part);
      open = { line: index + 1, name: name.toUpperCase(), args };
    }
    if (continues) continue;
    instructions.push(open);
    open = undefined;
  }
  return open ? [...instructions, open] : instructions;
}

function splitIntoStages(instructions) {
  const stages = [];
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') {
      const [image, , name] = instruction.args.replace(/^--platform=\S+\s+/, '').split(/\s+/);
      stages.push({ line: instruction.line, image, name, body: [] });
    } else stages.at(-1)?.body.push(instruction);
  }
  return stages;
}

function lintFrom({ line, image }, known) {
  if (known.has(image) || image === 'scratch' || image.includes('@sha256:')) return [];
  const tag = /:([^/]+)$/.exec(image)?.[1];
  return !tag || tag === 'latest' ? [{ line, message: `${image} names no version` }] : [];
}

function lintInstruction({ line, name, args }, known, exists) {
  if (name === 'ADD') return [{ line, message: 'use COPY: ADD unpacks and downloads' }];
  if (name === 'COPY') return lintCopy(line, args, known, exists);
  if (name === 'RUN' && /apt-get\s+(-\S+\s+)*install/.test(args)) return lintAptGet(line, args);
  if ((name === 'ENV' || name === 'ARG') && /(PASSWORD|SECRET|TOKEN)\S*=\S/.test(args)) {
    return [{ line, message: `${name} puts a secret into the image` }];
  }
  return [];
}

function lintCopy(line, args, known, exists) {
  const words = args.split(/\s+/);
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  if (from !== undefined)
    return known.has(from) || from.includes(':') ? [] : [{ line, message: `there is no stage ${from}` }];
  const sources = words.filter((word) => !word.startsWith('--')).slice(0, -1);
  return sources
    .filter((source) => !exists(source))
    .map((source) => ({ line, message: `there is no ${source} to copy` }));
}

function lintAptGet(line, args) {
  const faults = [];
  if (!args.includes('--no-install-recommends')) faults.push('apt-get install without --no-install-recommends');
  if (!args.includes('/var/lib/apt/lists')) faults.push('apt-get install leaves the package lists in the image');
  return faults.map((message) => ({ line, message }));
}

/** A stage inherits from the stage that it begins with. */
function lintFinalStage(stage, stages) {
  const body = withInherited(stage, stages);
  const user = body.findLast(({ name }) => name === 'USER')?.args.split(':')[0];
  const faults = [];
  if (user === undefined || user === 'root' || user === '0') faults.push('runs as root: set USER');
  if (!body.some(({ name, args }) => name === 'HEALTHCHECK' && args !== 'NONE')) faults.push('has no HEALTHCHECK');
  const start = body.findLast(({ name }) => name === 'ENTRYPOINT') ?? body.findLast(({ name }) => name === 'CMD');
  if (!start) faults.push('has neither ENTRYPOINT nor CMD');
  else if (!start.args.startsWith('[')) faults.push('is started by a shell, which swallows signals: use the [] form');
  return faults.map((message) => ({ line: stage.line, message }));
}

function withInherited(stage, stages) {
  const parent = stages.find(({ name }) => name !== undefined && name === stage.image);
  return parent ? [...withInherited(parent, stages), ...stage.body] : stage.body;
}
