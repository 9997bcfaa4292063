import { useSyncExternalStore } from 'react';

/** public/theme.js reads the same key before the first paint. */
const STORAGE_KEY = 'vpanel.theme';

export type ThemeChoice = 'auto' | 'light' | 'dark';

const listeners = new Set<() => void>();
const systemPrefersDark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined;
systemPrefersDark?.addEventListener('change', apply);

export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'auto') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, choice);
  } catch {
    // Without storage the choice cannot be kept; the system's wish then stands.
  }
  apply();
}

function chosenTheme(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'auto';
  } catch {
    return 'auto';
  }
}

function effectiveTheme(): 'light' | 'dark' {
  const choice = chosenTheme();
  if (choice !== 'auto') return choice;
  return systemPrefersDark?.matches ? 'dark' : 'light';
}

function apply(): void {
  document.documentElement.dataset['theme'] = effectiveTheme();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useThemeChoice = () => useSyncExternalStore(subscribe, chosenTheme);
/** What is really shown; charts are drawn anew when it changes. */
export const useTheme = () => useSyncExternalStore(subscribe, effectiveTheme);
