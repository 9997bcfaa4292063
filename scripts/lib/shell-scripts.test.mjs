import { expect, it } from 'vitest';
import { shellOf } from './shell-scripts.mjs';

it.each([
  ['run', '#!/usr/bin/env bash', 'bash'],
  ['run', '#!/bin/bash -e', 'bash'],
  ['install.sh', '#!/bin/sh', 'sh'],
  ['install.sh', '# no interpreter', 'sh'],
  ['main.mjs', '#!/usr/bin/env node', undefined],
  ['main.ts', "import 'x';", undefined],
])('the shell of %s with %j is %s', (path, firstLine, shell) => {
  expect(shellOf(path, firstLine)).toBe(shell);
});
