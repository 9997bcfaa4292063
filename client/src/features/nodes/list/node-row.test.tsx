// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { MemoryRouter } from 'react-router';
import { Client, Provider, subscriptionExchange } from 'urql';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startI18n } from '../../../i18n';
import { TooltipProvider } from '../../../ui/tooltip';
import { LiveMetricsProvider, LiveValues, type RowMetrics } from '../live-metrics';
import { useNodeMetrics } from '../node-events';
import type { Row } from './list-source';
import { NodeRow } from './node-row';

const metrics = (at: string, connections: number): RowMetrics => ({
  at,
  cpu: 0.92,
  memory: 0.4,
  uplinkRate: 1_000_000,
  downlinkRate: 125_000_000,
  connections,
});

const row: Row = {
  id: 'n1',
  name: 'lon-01',
  address: '203.0.113.7',
  status: 'DEGRADED',
  mode: 'ACTIVE',
  latencyMs: 288,
  loadTrend: [0.1, null, 0.3],
  tags: [{ key: 'region', value: 'eu' }],
  groups: [{ id: 'g1', name: 'europe' }],
  location: { city: 'London', countryCode: 'GB' },
  issues: [{ kind: 'HIGH_CPU', severity: 'WARNING', message: 'CPU above 85 %', since: '2026-01-01T00:00:00Z' }],
  agent: { version: '0.1.0' },
  xray: { state: 'RUNNING', version: '26.7.11' },
  metrics: { ...metrics('2026-01-01T00:00:00Z', 10) },
};

/** A client whose subscription the test feeds by hand. */
function fakeClient() {
  let sink: { next: (result: { data: unknown }) => void } | undefined;
  const exchange = subscriptionExchange({
    forwardSubscription: () => ({
      subscribe(observer) {
        sink = observer as typeof sink;
        return { unsubscribe: () => (sink = undefined) };
      },
    }),
  });
  const client = new Client({ url: '/graphql', preferGetMethod: false, exchanges: [exchange] });
  return { client, push: (data: unknown) => sink?.next({ data }) };
}

function LiveRow({ values, shown }: { values: LiveValues<RowMetrics>; shown: Row }) {
  useNodeMetrics(undefined, (events) => events.forEach(({ nodeId, point }) => values.put(nodeId, point)));
  return (
    <NodeRow
      row={shown}
      index={0}
      top={0}
      selected={false}
      current={false}
      gone={false}
      stale={false}
      onSelect={() => {}}
    />
  );
}

async function show(shown: Row = row) {
  const { client, push } = fakeClient();
  const values = new LiveValues<RowMetrics>((flush) => flush());
  render(
    <Provider value={client}>
      <MemoryRouter>
        <TooltipProvider>
          <LiveMetricsProvider value={values}>
            <LiveRow values={values} shown={shown} />
          </LiveMetricsProvider>
        </TooltipProvider>
      </MemoryRouter>
    </Provider>,
  );
  // The exchange subscribes a moment after the component asks.
  await act(async () => {});
  return push;
}

beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  await startI18n();
  await i18next.changeLanguage('en');
});
afterEach(cleanup);

it('[R9.1] shows the state of a node in words, with the reason and the load', async () => {
  await show();
  expect(screen.getByRole('row').dataset['status']).toBe('DEGRADED');
  expect(screen.getByText('Degraded')).toBeTruthy();
  expect(screen.getByText('europe')).toBeTruthy();
  expect(screen.getByText('CPU above 85 %')).toBeTruthy();
  expect(screen.getByRole('meter', { name: 'CPU' }).getAttribute('aria-valuenow')).toBe('92');
  expect(screen.getByRole('link', { name: 'lon-01' }).getAttribute('href')).toBe('/nodes/n1');
});

it('[R1.7] follows the live stream, and ignores what is older than what it shows', async () => {
  const push = await show();
  const event = (at: string, connections: number) => ({
    nodeMetrics: [{ nodeId: 'n1', point: metrics(at, connections) }],
  });
  act(() => push(event('2026-01-01T00:00:10Z', 1_246)));
  expect(screen.getByText('1,246')).toBeTruthy();
  act(() => push(event('2025-12-31T00:00:00Z', 3)));
  expect(screen.queryByText('3')).toBeNull();
});

it('[R9.1] shows no numbers for a node that sends none', async () => {
  await show({ ...row, status: 'OFFLINE' });
  expect(screen.getByText('Offline')).toBeTruthy();
  expect(screen.queryByRole('meter')).toBeNull();
  expect(screen.queryByText('10')).toBeNull();
});
