import { describe, expect, it } from 'vitest';
import { lintDockerfile, parseDockerfile } from './dockerfile-lint.mjs';

const GOOD = `
# comment
FROM node:24-bookworm-slim AS build
COPY package.json ./
RUN apt-get update \\
    # why
    && apt-get install -y --no-install-recommends git \\
    && rm -rf /var/lib/apt/lists/*
FROM node:24-bookworm-slim
COPY --from=build --chown=vpanel /app /app
USER vpanel
HEALTHCHECK CMD ["true"]
CMD ["node", "main.js"]
`;

const lint = (text, present = ['package.json']) =>
  lintDockerfile(text, { exists: (path) => present.includes(path) }).map(({ message }) => message);

describe('the Dockerfile lint', () => {
  it('finds nothing in a good file', () => {
    expect(lint(GOOD)).toEqual([]);
  });

  it.each([
    ['a source that is not there', (text) => text.replace('COPY package.json', 'COPY nothing.json'), 'nothing.json'],
    ['a stage that is not there', (text) => text.replace('--from=build', '--from=builder'), 'no stage builder'],
    ['root by default', (text) => text.replace('USER vpanel', ''), 'runs as root'],
    ['root by name', (text) => text.replace('USER vpanel', 'USER root:root'), 'runs as root'],
    ['no health check', (text) => text.replace(/HEALTHCHECK.*/, 'HEALTHCHECK NONE'), 'no HEALTHCHECK'],
    ['no version', (text) => text.replace('FROM node:24-bookworm-slim AS', 'FROM registry:5000/node AS'), 'no version'],
    ['the latest version', (text) => text.replace('slim AS', 'slim:latest AS').replace(':24-', '-'), 'no version'],
    ['a shell as the first process', (text) => text.replace(/CMD \["node.*/, 'CMD node main.js'), 'swallows signals'],
    ['nothing to start', (text) => text.replace(/^CMD.*/m, ''), 'neither ENTRYPOINT'],
    ['ADD', (text) => text.replace('COPY package.json', 'ADD package.json'), 'use COPY'],
    ['a secret', (text) => text.replace('USER', 'ENV VPANEL_ADMIN_PASSWORD=x\nUSER'), 'secret'],
    ['recommended packages', (text) => text.replace('--no-install-recommends ', ''), '--no-install-recommends'],
    ['package lists', (text) => text.replace('/var/lib/apt/lists/*', '/tmp/x'), 'package lists'],
  ])('finds %s', (_fault, change, message) => {
    const messages = lint(change(GOOD));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(message);
  });

  it('lets the final stage inherit from an earlier one', () => {
    expect(lint(`FROM node:24 AS base\nUSER node\nHEALTHCHECK CMD ["true"]\nCMD ["x"]\nFROM base\nEXPOSE 1`)).toEqual(
      [],
    );
  });

  it('refuses a file without any stage', () => {
    expect(lint('# empty')).toEqual(['has no FROM']);
  });

  it('joins continued lines and keeps the line where they begin', () => {
    expect(parseDockerfile('\nRUN a \\\n  b\nCMD c')).toEqual([
      { line: 2, name: 'RUN', args: 'a b' },
      { line: 4, name: 'CMD', args: 'c' },
    ]);
  });
});
