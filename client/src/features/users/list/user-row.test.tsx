// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startI18n } from '../../../i18n';
import { TooltipProvider } from '../../../ui/tooltip';
import { UserRow } from './user-row';
import type { UserRow as Row } from './user-source';

const GIB = 1_073_741_824;
const row: Row = {
  id: 'u1',
  username: 'mina',
  status: 'ACTIVE',
  note: 'Paid until autumn',
  dataLimit: String(10 * GIB),
  dataUsed: String(9 * GIB),
  expiresAt: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  subscriptionFetchedAt: '2026-01-02T00:00:00.000Z',
  subscriptionClient: 'v2rayNG/1.9',
  subscriptionUrl: 'http://panel/sub/secret',
  groups: [
    { id: 'g1', name: 'europe' },
    { id: 'g2', name: 'asia' },
    { id: 'g3', name: 'premium' },
  ],
  pendingNodes: [
    { id: 'n1', name: 'fra-01' },
    { id: 'n2', name: 'ams-01' },
  ],
};

function show(part: Partial<Row> = {}, phone = false) {
  render(
    <MemoryRouter>
      <TooltipProvider>
        <UserRow
          row={{ ...row, ...part }}
          index={0}
          top={0}
          height={44}
          phone={phone}
          current={false}
          selected={false}
          onSelect={() => {}}
        />
      </TooltipProvider>
    </MemoryRouter>,
  );
}

beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  await startI18n();
  await i18next.changeLanguage('en');
});
afterEach(cleanup);

it('[R9.2] shows who may use how much, and through which groups', () => {
  show();
  expect(screen.getByRole('row').dataset).toMatchObject({ user: 'u1', status: 'ACTIVE' });
  expect(screen.getByRole('link', { name: 'mina' }).getAttribute('href')).toBe('/users/u1');
  expect(screen.getByText('Active')).toBeTruthy();
  expect(screen.getByRole('meter', { name: 'Data used' }).getAttribute('aria-valuenow')).toBe('90');
  expect(screen.getByText('europe').closest('[title]')?.getAttribute('title')).toBe('europe, asia, premium');
  expect(screen.getByText('+1')).toBeTruthy();
  expect(screen.getByText('v2rayNG/1.9')).toBeTruthy();
});

it('[R9.2] says on how many nodes a change is still to arrive, and on which', () => {
  show();
  const marker = screen.getByText('Pending on 2 nodes');
  expect(marker.closest('[title]')?.getAttribute('title')).toContain('fra-01, ams-01');
  cleanup();
  show({ pendingNodes: [] });
  expect(screen.queryByText(/Pending on/)).toBeNull();
});

it('[R9.2] draws no bar for a user without a limit, and says that it is unlimited', () => {
  show({ dataLimit: null });
  expect(screen.queryByRole('meter')).toBeNull();
  expect(screen.getByRole('img', { name: 'Unlimited' })).toBeTruthy();
  expect(screen.getByText('Never')).toBeTruthy();
});

it('[R9.2] never shows the link itself in a row: it is a secret', () => {
  show({}, true);
  expect(screen.getByRole('row').textContent).not.toContain('secret');
  expect(screen.getByRole('button', { name: 'Copy the link of mina' })).toBeTruthy();
});
