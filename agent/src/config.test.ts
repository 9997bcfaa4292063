import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readInvocation } from './config.js';
import { temporaryDir } from './support/temporary-dir.js';

function configOf(args: string[], env: Record<string, string>) {
  const invocation = readInvocation(args, env);
  if (!('run' in invocation)) throw new Error('nothing to run');
  return invocation.run;
}

test('an argument wins over the environment, the environment over the default', () => {
  const env = { VPANEL_PANEL_URL: 'https://from-env:1', VPANEL_AGENT_DATA_DIR: '/env', XRAY_BIN: '' };
  expect(configOf(['--panel', 'https://from-args:2', '--join-only'], env)).toMatchObject({
    panelUrl: 'https://from-args:2',
    dataDir: '/env',
    joinOnly: true,
    xrayBinary: undefined,
    listenHost: '::',
    logLevel: 'info',
  });
});

test('the join token may stand in a file, so that it is in no process list', () => {
  const file = join(temporaryDir(), 'token');
  writeFileSync(file, 'vpj1.something\n');
  expect(configOf([], { VPANEL_JOIN_TOKEN_FILE: file }).joinToken).toBe('vpj1.something');
});

test('all bad values are named at once', () => {
  const env = {
    VPANEL_PANEL_URL: 'http://plain',
    LOG_LEVEL: 'loud',
    VPANEL_JOIN_TOKEN_FILE: '/nonexistent',
    XRAY_BIN: 'xray',
  };
  expect(() => readInvocation(['--panel', 'http://plain', '--nonsense'], env)).toThrow(
    /--nonsense[^]*VPANEL_JOIN_TOKEN_FILE[^]*VPANEL_PANEL_URL[^]*https[^]*XRAY_BIN[^]*LOG_LEVEL: must be one of/,
  );
});

test('Xray is given nothing of the environment that it does not need', () => {
  const env = { PATH: '/bin', VPANEL_JOIN_TOKEN: 'vpj1.secret', XRAY_LOCATION_ASSET: '/geo' };
  expect(configOf([], env).xrayEnvironment).toEqual({ PATH: '/bin', XRAY_LOCATION_ASSET: '/geo' });
});

test('help and version need no valid settings', () => {
  expect(readInvocation(['--help'], { LOG_LEVEL: 'loud' })).toEqual({ print: 'help' });
  expect(readInvocation(['--version'], {})).toEqual({ print: 'version' });
});
