// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import i18next from 'i18next';
import { MemoryRouter, useLocation } from 'react-router';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '../graphql/session';
import { startI18n } from '../i18n';
import { API_VERSION, createRegistry, type NavItem, RegistryProvider } from '../plugin';
import { BottomBar } from './bottom-bar';
import { phoneNav } from './phone-nav';

const Nothing = () => null;
const item = (name: string, order: number, priority?: number): NavItem => ({
  to: `/${name}`,
  label: () => name,
  icon: Nothing,
  section: 'cluster',
  order,
  ...(priority !== undefined && { priority }),
});
const ITEMS = [
  item('nodes', 10, 40),
  item('groups', 20),
  item('users', 30, 30),
  item('proxies', 40, 20),
  item('sync', 50, 10),
  item('settings', 90),
];

describe('what a phone shows of the navigation', () => {
  const names = (items: readonly NavItem[]) => items.map(({ label }) => label());

  it('[R9.2] is the most important, in the order of the sidebar', () => {
    const { shown, rest } = phoneNav(ITEMS);
    expect(names(shown)).toEqual(['nodes', 'users', 'proxies', 'sync']);
    expect(names(rest)).toEqual(['groups', 'settings']);
  });

  it('[R9.2] is what comes first when nobody says what matters', () => {
    const { shown, rest } = phoneNav([1, 2, 3, 4, 5].map((order) => item(`page-${order}`, order)));
    expect(names(shown)).toEqual(['page-1', 'page-2', 'page-3', 'page-4']);
    expect(names(rest)).toEqual(['page-5']);
  });
});

describe('the bottom bar', () => {
  const onSearch = vi.fn();
  const onHelp = vi.fn();
  const registry = createRegistry([{ id: 'pages', version: '1.0.0', apiVersion: API_VERSION, navItems: ITEMS }]);
  const Address = () => <p>{`at ${useLocation().pathname}`}</p>;

  function show(path = '/nodes') {
    render(
      <MemoryRouter initialEntries={[path]}>
        <RegistryProvider value={registry}>
          <Address />
          <BottomBar onSearch={onSearch} onHelp={onHelp} />
        </RegistryProvider>
      </MemoryRouter>,
    );
    return userEvent.setup();
  }
  const bar = () => within(screen.getByRole('navigation', { name: 'Main', hidden: true }));
  const more = () => bar().getByRole('button', { name: 'More', hidden: true });

  beforeAll(async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
    await startI18n();
    await i18next.changeLanguage('en');
    session.set({
      state: 'signed-in',
      accessToken: 'token',
      expiresAt: Date.now() + 900_000,
      viewer: { __typename: 'Admin', id: 'a', name: 'Mina Rad', role: 'OWNER' } as never,
    });
  });
  beforeEach(() => void vi.clearAllMocks());
  afterEach(cleanup);

  it('[R9.2] has four pages and one more entry', () => {
    show();
    expect(
      bar()
        .getAllByRole('link')
        .map((link) => link.textContent),
    ).toEqual(['nodes', 'users', 'proxies', 'sync']);
    expect(bar().getAllByRole('button')).toEqual([more()]);
  });

  it('[R9.2] opens a dialog with the others by keyboard, and gives the focus back after Escape', async () => {
    const user = show();
    more().focus();
    await user.keyboard('{Enter}');
    const sheet = within(screen.getByRole('dialog', { name: 'More' }));
    expect(sheet.getAllByRole('link').map((link) => link.textContent)).toEqual(['groups', 'settings']);
    expect(sheet.getByText('Mina Rad')).toBeTruthy();
    expect(more().getAttribute('aria-expanded')).toBe('true');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    await vi.waitFor(() => expect(document.activeElement).toBe(more()));
  });

  it('[R9.2] goes where it was told, closes, and leaves the focus to the new page', async () => {
    const user = show();
    await user.click(more());
    await user.click(screen.getByRole('link', { name: 'groups' }));
    expect(screen.getByText('at /groups')).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).not.toBe(more());
  });

  it('[R9.2] has the search and the keys there as well', async () => {
    const user = show();
    await user.click(more());
    await user.click(screen.getByRole('button', { name: 'Search or jump to…' }));
    expect(onSearch).toHaveBeenCalledOnce();
    await user.click(more());
    await user.click(screen.getByRole('button', { name: 'Keyboard shortcuts' }));
    expect(onHelp).toHaveBeenCalledOnce();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('[R9.2] changes theme and language without closing', async () => {
    const user = show();
    await user.click(more());
    await user.click(screen.getByRole('radio', { name: 'Dark' }));
    expect(document.documentElement.dataset['theme'] ?? document.documentElement.className).toContain('dark');
    await user.click(screen.getByRole('radio', { name: 'فارسی' }));
    await screen.findByRole('dialog', { name: 'بیشتر' });
    expect(document.documentElement.dir).toBe('rtl');
    await i18next.changeLanguage('en');
  });
});
