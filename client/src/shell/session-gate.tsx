import { type ReactNode, useEffect, useState } from 'react';
import { Provider } from 'urql';
import { createPanelClient } from '../graphql/client';
import { FailureNotice } from '../graphql/failure-notice';
import { isLapsing, refreshSession, session, useSession } from '../graphql/session';
import { Logo } from '../ui/logo';

/** Nothing is drawn before it is known whether an earlier session still holds. */
export function SessionGate({ children }: { children: ReactNode }) {
  const current = useSession();
  const [error, setError] = useState<unknown>();

  const begin = () => {
    setError(undefined);
    refreshSession().catch(setError);
  };
  useEffect(() => {
    if (session.get().state === 'unknown') begin();
    return keepAlive();
  }, []);

  if (current.state !== 'unknown') {
    const viewer = current.state === 'signed-in' ? current.viewer.id : undefined;
    return <WithClient key={viewer}>{children}</WithClient>;
  }
  return (
    <main className="grid h-full place-items-center p-6">
      {error ? <FailureNotice error={error} onRetry={begin} /> : <Logo className="size-9 animate-pulse rounded-xl" />}
    </main>
  );
}

/** A new person begins with an empty cache. */
function WithClient({ children }: { children: ReactNode }) {
  const [client] = useState(createPanelClient);
  return <Provider value={client}>{children}</Provider>;
}

/** Renews the session before it lapses, also when nothing is asked of the panel for a while. */
function keepAlive(): () => void {
  const timer = setInterval(() => {
    if (isLapsing() && navigator.onLine) refreshSession().catch(() => undefined);
  }, 10_000);
  return () => clearInterval(timer);
}
