import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { request as plainRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { isPublicAddress, normaliseAddress } from '../../platform/ip-address.js';

/** Answers all addresses of a name, as getaddrinfo has them. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

const resolveBySystem: Resolve = (host) =>
  new Promise((resolve, reject) =>
    systemLookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses))),
  );

/** The panel refuses to go there. The message may be shown. */
export class ForbiddenTarget extends Error {}

export interface HttpReply {
  status: number;
  headers: IncomingMessage['headers'];
  /** At most the first 64 KiB. */
  text: string;
}

export interface OutboundOptions {
  /** Whether private, loopback and link-local addresses may be reached, and those by plain HTTP too. */
  privateTargets: boolean;
  resolve?: Resolve;
  /** Instead of the authorities of the system, PEM. */
  ca?: string;
}

export interface PostOptions {
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

const LONGEST_ANSWER = 64 * 1024;

/** The host of a URL as sockets take it. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * The way out to addresses that administrators have typed. A name is resolved once for each connection, every address of it
 * is judged, and the socket goes to exactly these: a name that answers differently a moment later leads nowhere else.
 * Redirects are not followed.
 */
export class Outbound {
  private readonly resolve: Resolve;

  constructor(private readonly options: OutboundOptions) {
    this.resolve = options.resolve ?? resolveBySystem;
  }

  get ca(): string | undefined {
    return this.options.ca;
  }

  get privateTargets(): boolean {
    return this.options.privateTargets;
  }

  /** The addresses that may be connected to; throws ForbiddenTarget when one of them may not. */
  async addresses(host: string, encrypted: boolean): Promise<LookupAddress[]> {
    const addresses = await this.resolve(host);
    for (const { address } of addresses) this.judge(address, encrypted);
    return addresses;
  }

  /** For the `lookup` of a socket: it is not asked for names that are addresses, nor told anything new. */
  pinned(addresses: LookupAddress[]): LookupFunction {
    return (_host, { all, family }, callback) => {
      const wanted = Number(String(family ?? 0).replace('IPv', ''));
      const fitting = addresses.filter((one) => wanted === 0 || one.family === wanted);
      const [first] = fitting;
      if (!first) callback(new Error('It has no address of this kind'), '', 0);
      else if (all) callback(null, fitting);
      else callback(null, first.address, first.family);
    };
  }

  async post(url: URL, { headers, body, signal }: PostOptions): Promise<HttpReply> {
    const encrypted = url.protocol === 'https:';
    const addresses = await abortable(signal, this.addresses(hostOf(url), encrypted));
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      lookup: this.pinned(addresses),
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      signal,
      ...(this.options.ca !== undefined && { ca: this.options.ca }),
    };
    return new Promise((resolve, reject) => {
      const call = (encrypted ? tlsRequest : plainRequest)(url, options, (response) => {
        readReply(response).then(resolve, reject);
      });
      call.on('error', reject);
      call.end(body);
    });
  }

  private judge(address: string, encrypted: boolean): void {
    const isPublic = isPublicAddress(normaliseAddress(address));
    if (!isPublic && !this.options.privateTargets) {
      throw new ForbiddenTarget('is at a private or reserved address, which VPANEL_ALERT_PRIVATE_TARGETS would allow');
    }
    if (isPublic && !encrypted) throw new ForbiddenTarget('must be https');
  }
}

/** What cannot be broken off is at least not waited for. */
export function abortable<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function readReply(response: IncomingMessage): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const finish = (): void =>
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text: Buffer.concat(chunks).subarray(0, LONGEST_ANSWER).toString('utf8'),
      });
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= LONGEST_ANSWER) {
        finish();
        response.destroy();
      }
    });
    response.on('end', finish);
    response.on('error', reject);
  });
}
