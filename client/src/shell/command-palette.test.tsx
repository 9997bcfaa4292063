// @vitest-environment happy-dom
import { cleanup, configure, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import i18next from 'i18next';
import { MemoryRouter, useLocation } from 'react-router';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startI18n } from '../i18n';
import { API_VERSION, createRegistry, RegistryProvider, type SearchResult } from '../plugin';
import CommandPalette from './command-palette';

const USERS = ['mina', 'omid', 'mira'];
const registry = createRegistry([
  {
    id: 'users',
    version: '1.0.0',
    apiVersion: API_VERSION,
    searches: [
      {
        id: 'users',
        heading: () => 'Users',
        useResults: (text) => ({
          loading: false,
          results: USERS.filter((name) => name.includes(text)).map((name): SearchResult => ({
            id: name,
            label: name,
            to: `/users/${name}`,
          })),
        }),
      },
    ],
  },
]);

const Address = () => <p>{`at ${useLocation().pathname}`}</p>;

function open() {
  render(
    <MemoryRouter>
      <RegistryProvider value={registry}>
        <Address />
        <CommandPalette open onClose={() => {}} />
      </RegistryProvider>
    </MemoryRouter>,
  );
  return userEvent.setup();
}

beforeAll(async () => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  Element.prototype.scrollIntoView = () => {};
  await startI18n();
  await i18next.changeLanguage('en');
});
configure({ asyncUtilTimeout: 5_000 });
afterEach(cleanup);

it('[R9.2] keeps what it has found selected while more is typed, and Enter opens it', async () => {
  const user = open();
  for (const letter of 'min') {
    await user.keyboard(letter);
    await screen.findByRole('option', { name: 'mina', selected: true });
  }
  expect(screen.queryByRole('option', { name: 'omid' })).toBeNull();
  await user.keyboard('{Enter}');
  expect(screen.getByText('at /users/mina')).toBeTruthy();
});

it('[R9.2] leaves the choice to whoever has moved it', async () => {
  const user = open();
  await user.keyboard('mi');
  await screen.findByRole('option', { name: 'mina', selected: true });
  await user.keyboard('{ArrowDown}{ArrowDown}');
  await screen.findByRole('option', { name: 'mira', selected: true });
  await user.keyboard('{Enter}');
  expect(screen.getByText('at /users/mira')).toBeTruthy();
});
