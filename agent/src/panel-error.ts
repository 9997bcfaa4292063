/** What the panel answers instead of data (docs/agent-protocol.md, "Errors"). */
export interface PanelErrorBody {
  message: string;
  extensions?: { code?: string; fields?: unknown; retryAfter?: number; requestId?: string };
}

export class PanelError extends Error {
  override readonly name = 'PanelError';
  readonly code: string;

  constructor(body: PanelErrorBody) {
    const { code = 'UNKNOWN', fields, requestId } = body.extensions ?? {};
    const detail = fields ? ` ${JSON.stringify(fields)}` : requestId ? ` (request ${requestId})` : '';
    super(`${code}: ${body.message}${detail}`);
    this.code = code;
  }

  static from(errors: PanelErrorBody[]): PanelError {
    return new PanelError(errors[0] ?? { message: 'an empty list of errors' });
  }

  /** The token is the trouble. */
  get refused(): boolean {
    return this.code === 'UNAUTHENTICATED' || this.code === 'FORBIDDEN';
  }

  /** The panel will answer the same however often this is repeated. */
  get permanent(): boolean {
    return this.code === 'BAD_USER_INPUT' || this.code === 'GRAPHQL_VALIDATION_FAILED';
  }
}

/** No answer, because the connection ended first: whether the panel acted on the request is not known. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor(reason: string) {
    super(`The connection to the panel was lost: ${reason || 'closed'}`);
  }
}
