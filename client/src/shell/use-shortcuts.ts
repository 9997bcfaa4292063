import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router';
import { useRegistry } from '../plugin';

const GO_WITHIN_MS = 1_200;

interface Handlers {
  openPalette: () => void;
  openHelp: () => void;
}

/** Keys that work everywhere. None of the browser's own is taken, and none acts while something is typed. */
export function useShortcuts(handlers: Handlers): void {
  const navigate = useNavigate();
  const { navItems } = useRegistry();
  const latest = useRef(handlers);
  latest.current = handlers;

  useEffect(() => {
    let goPressedAt = -Infinity;
    function onKeyDown(event: KeyboardEvent) {
      const key = event.key.toLowerCase();
      if (key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        latest.current.openPalette();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      if (event.timeStamp - goPressedAt < GO_WITHIN_MS) {
        const item = navItems.find(({ goKey }) => goKey === key);
        goPressedAt = -Infinity;
        if (item) return void navigate(item.to);
      }
      if (key === 'g') goPressedAt = event.timeStamp;
      if (event.key === '?') latest.current.openHelp();
      if (event.key === '/') focusFilter(event);
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [navigate, navItems]);
}

function focusFilter(event: KeyboardEvent): void {
  const filter = document.querySelector<HTMLElement>('#content input[type=search]');
  if (!filter) return;
  event.preventDefault();
  filter.focus();
}

function isBusy(target: EventTarget | null): boolean {
  if (
    target instanceof HTMLElement &&
    target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')
  )
    return true;
  return document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;
}
