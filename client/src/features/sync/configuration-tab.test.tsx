// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { MemoryRouter } from 'react-router';
import { Client, fetchExchange, Provider, subscriptionExchange } from 'urql';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startI18n } from '../../i18n';
import ConfigurationTab from './configuration-tab';

const ERROR = 'infra/conf: Failed to build REALITY config. > please fill in a valid value for "target"';

const answers: Record<string, unknown> = {
  SyncStatuses: {
    syncStatuses: [
      {
        __typename: 'SyncStatus',
        state: 'FAILED',
        desiredRevision: 'bbbbbbbbbbbbbbbb',
        appliedRevision: 'aaaaaaaaaaaaaaaa',
        attempts: 3,
        lastError: ERROR,
        lastSyncedAt: '2026-01-01T00:00:00Z',
        nextRetryAt: new Date(Date.now() + 90_000).toISOString(),
        driftSince: '2026-01-01T00:00:00Z',
        node: { __typename: 'Node', id: 'n1', name: 'fra-01', agent: { connected: true } },
      },
    ],
  },
  NodeConfiguration: { node: { __typename: 'Node', id: 'n1', config: { inbounds: [{ port: 443, key: '••••••••' }] } } },
};

function client() {
  return new Client({
    url: 'http://panel/graphql',
    preferGetMethod: false,
    fetch: async (_url, init) => {
      const { operationName } = JSON.parse(init?.body as string) as { operationName: string };
      return Response.json({ data: answers[operationName] });
    },
    exchanges: [
      fetchExchange,
      subscriptionExchange({ forwardSubscription: () => ({ subscribe: () => ({ unsubscribe() {} }) }) }),
    ],
  });
}

beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  await startI18n();
  await i18next.changeLanguage('en');
});
afterEach(cleanup);

it('[R7.4] [R9.2] shows the masked configuration, both revisions, the attempts and the last error in full', async () => {
  render(
    <Provider value={client()}>
      <MemoryRouter>
        <ConfigurationTab nodeId="n1" />
      </MemoryRouter>
    </Provider>,
  );
  expect(await screen.findByText('Failed')).toBeTruthy();
  expect(screen.getByText('aaaaaaaaaa')).toBeTruthy();
  expect(screen.getByText('bbbbbbbbbb')).toBeTruthy();
  expect(screen.getByText('3')).toBeTruthy();
  expect(screen.getByText(ERROR)).toBeTruthy();
  expect(screen.getByRole('timer').textContent).toMatch(/^in 1 min/);
  expect(screen.getByText('The configuration was changed on the node')).toBeTruthy();
  const editor = await screen.findByLabelText('Configuration of this node', { selector: '.cm-content' });
  expect(editor.textContent).toContain('••••••••');
});
