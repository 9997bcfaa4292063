import { CombinedError, stringifyDocument } from 'urql';
import { graphql, readFragment } from './gen';
import type { SessionFieldsFragment } from './gen/graphql';
import { hasCode } from './errors';
import { createStore, useStore } from './store';

/**
 * Who is signed in. The access token lives only here, in memory; the refresh token is a cookie that scripts cannot read.
 *
 * unknown    -> signed-in   the cookie of an earlier visit was still good
 * unknown    -> signed-out  there was none
 * signed-out -> signed-in   login
 * signed-in  -> signed-out  logout, or the panel refused to renew the session
 */
export type Session =
  | { state: 'unknown' }
  | { state: 'signed-out'; expired: boolean }
  | { state: 'signed-in'; accessToken: string; expiresAt: number; viewer: SessionFieldsFragment['viewer'] };

export const SessionFields = graphql(`
  fragment SessionFields on SessionPayload {
    accessToken
    expiresAt
    viewer {
      id
      name
      role
    }
  }
`);

const Login = graphql(`
  mutation Login($input: LoginInput!) {
    login(input: $input) {
      ...SessionFields
    }
  }
`);

const RefreshSession = graphql(`
  mutation RefreshSession {
    refreshSession {
      ...SessionFields
    }
  }
`);

const Logout = graphql(`
  mutation Logout {
    logout
  }
`);

/** A token this close to its end is renewed before it is used again. */
const RENEW_BEFORE_MS = 30_000;

export const session = createStore<Session>({ state: 'unknown' });
export const useSession = () => useStore(session);

export function accessToken(): string | undefined {
  const current = session.get();
  return current.state === 'signed-in' ? current.accessToken : undefined;
}

export function isLapsing(now = Date.now()): boolean {
  const current = session.get();
  return current.state === 'signed-in' && current.expiresAt - now < RENEW_BEFORE_MS;
}

export async function login(username: string, password: string): Promise<void> {
  const data = await post(Login, { input: { username, password } });
  accept(readFragment(SessionFields, data.login));
}

export async function logout(): Promise<void> {
  await post(Logout, {}).catch(() => undefined);
  session.set({ state: 'signed-out', expired: false });
}

let inFlight: Promise<void> | undefined;

/** Renews the session; however many callers ask, one request goes out. Rejects only when the panel cannot be reached. */
export function refreshSession(): Promise<void> {
  inFlight ??= acrossTabs(renew).finally(() => {
    inFlight = undefined;
  });
  return inFlight;
}

async function renew(): Promise<void> {
  try {
    const data = await post(RefreshSession, {});
    accept(readFragment(SessionFields, data.refreshSession));
  } catch (error) {
    if (!hasCode(error, 'UNAUTHENTICATED')) throw error;
    session.set({ state: 'signed-out', expired: session.get().state === 'signed-in' });
  }
}

/** The refresh cookie is used up by each renewal, so two tabs must not renew at the same moment. */
function acrossTabs(task: () => Promise<void>): Promise<void> {
  return 'locks' in navigator ? navigator.locks.request('vpanel.session', task) : task();
}

function accept(fields: SessionFieldsFragment): void {
  session.set({ ...fields, state: 'signed-in', expiresAt: Date.parse(fields.expiresAt) });
}

type Document<Data, Variables> = import('@graphql-typed-document-node/core').TypedDocumentNode<Data, Variables>;

/** Session requests go around the urql client, which waits for the session itself. */
async function post<Data, Variables>(document: Document<Data, Variables>, variables: Variables): Promise<Data> {
  const token = accessToken();
  let body: { data?: Data; errors?: { message: string; extensions?: Record<string, unknown> }[] };
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: stringifyDocument(document), variables }),
    });
    body = (await response.json()) as typeof body;
  } catch (cause) {
    throw new CombinedError({ networkError: cause instanceof Error ? cause : new Error(String(cause)) });
  }
  if (body.errors?.length || !body.data) throw new CombinedError({ graphQLErrors: body.errors ?? ['Empty answer'] });
  return body.data;
}

/** Viewers may look but not touch; the panel enforces it, this only hides what it would refuse. */
export function useCanWrite(): boolean {
  const current = useSession();
  return current.state === 'signed-in' && current.viewer.role !== 'VIEWER';
}
