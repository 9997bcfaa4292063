import { describe, expect, it } from 'vitest';
import { downloadXray } from './xray-release.mjs';

const answer = (body, init) => () => Promise.resolve(new Response(body, init));

describe('the official release', () => {
  it('is not used when its digest is not the pinned one', async () => {
    await expect(downloadXray('linux-x64', answer('something else'))).rejects.toThrow(/SHA-256 .* it was not used/);
  });

  it('is not even fetched for a platform without a pinned digest', async () => {
    const fetchUrl = () => Promise.reject(new Error('must not be called'));
    await expect(downloadXray('plan9-mips', fetchUrl)).rejects.toThrow('no digest is pinned');
  });

  it.each([
    ['the server refuses', answer('gone', { status: 404 }), 'status 404'],
    ['there is no network', () => Promise.reject(new Error('getaddrinfo failed')), 'getaddrinfo failed'],
  ])('cannot be had when %s, and the reason is told', async (_case, fetchUrl, reason) => {
    await expect(downloadXray('linux-arm64', fetchUrl)).rejects.toThrow(reason);
  });
});
