import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:tls';

const CHUNK_BYTES = 16_384;

/** The n-th chunk of the long download: every byte says where it belongs. */
function chunk(index: number): Buffer {
  const block = createHash('sha256').update(`chunk ${index}`).digest();
  return Buffer.alloc(CHUNK_BYTES, block);
}

export const sha256 = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

/** What the download of so many chunks has to be, byte for byte. */
export const expectedDownload = (chunks: number): string =>
  sha256(Buffer.concat(Array.from({ length: chunks }, (_none, index) => chunk(index))));

/** The site that users visit through the nodes: a page, and a download that takes as long as it is told to. */
export class Origin {
  readonly page = 'you have reached the origin\n';

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Origin> {
    const server = createServer();
    const origin = new Origin(server);
    server.on(
      'request',
      (request, response) => void origin.answer(new URL(request.url ?? '/', 'http://origin'), response),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return origin;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  /** So many chunks, one every so many milliseconds. */
  downloadUrl(chunks: number, everyMs: number): string {
    return `${this.url}/download?chunks=${chunks}&every=${everyMs}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(url: URL, response: ServerResponse): Promise<void> {
    if (url.pathname !== '/download') {
      response.end(this.page);
      return;
    }
    for (let index = 0; index < Number(url.searchParams.get('chunks')) && !response.destroyed; index += 1) {
      response.write(chunk(index));
      await new Promise((resolve) => setTimeout(resolve, Number(url.searchParams.get('every'))));
    }
    response.end();
  }
}

/** A site with TLS 1.3 that REALITY borrows: what it serves does not matter. */
export async function startBorrowedSite(certificate: { cert: string; key: string }): Promise<TlsServer> {
  const server = createTlsServer({ ...certificate, minVersion: 'TLSv1.3', ALPNProtocols: ['h2', 'http/1.1'] });
  server.on('tlsClientError', () => undefined);
  server.on('secureConnection', (socket) => socket.on('error', () => undefined).end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
