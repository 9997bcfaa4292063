import { request } from 'node:https';
import type { RequestOptions } from 'node:https';

export interface HttpsResponse {
  status: number;
  body: string;
}

interface HttpsRequest {
  tls: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'servername' | 'rejectUnauthorized'>;
  timeoutMs: number;
  maxBytes: number;
  headers?: Record<string, string>;
  /** With a body the request is a POST. */
  body?: string;
}

/** One request with an end: bounded in time and in the size of the answer, on a connection of its own. */
export function httpsRequest(
  url: URL,
  { tls, timeoutMs, maxBytes, headers, body }: HttpsRequest,
): Promise<HttpsResponse> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const method = body === undefined ? 'GET' : 'POST';
    const outgoing = request(
      url,
      { ...tls, method, headers, signal, agent: false, minVersion: 'TLSv1.3' },
      (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > maxBytes)
            outgoing.destroy(new Error(`The answer of ${url.host} is larger than ${maxBytes} bytes`));
          chunks.push(chunk);
        });
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
        );
        incoming.on('error', reject);
      },
    );
    outgoing.on('error', (error) =>
      reject(signal.aborted ? new Error(`${url.host} did not answer within ${timeoutMs} ms`) : error),
    );
    outgoing.end(body);
  });
}
