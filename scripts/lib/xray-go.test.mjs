import { describe, expect, it } from 'vitest';
import { goCommand } from './xray-go.mjs';

describe('the Go module', () => {
  it('is installed at a pinned commit into the given folder, without C', () => {
    const { args, env } = goCommand('/somewhere');
    expect(args[0]).toBe('install');
    expect(args.at(-1)).toMatch(/^github\.com\/xtls\/xray-core\/main@v\d.*-[0-9a-f]{12}$/);
    expect(env).toMatchObject({ CGO_ENABLED: '0', GOBIN: '/somewhere' });
  });
});
