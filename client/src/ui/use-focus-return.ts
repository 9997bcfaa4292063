import { useRef } from 'react';

/**
 * Gives the focus back when a dialog closes to where it was when the dialog opened. Radix does so only for a trigger that
 * belongs to the dialog. An entry of a menu is gone by then, so the button of the menu gets it.
 */
export function useFocusReturn(open: boolean): (event: Event) => void {
  const origin = useRef<HTMLElement | null>(null);
  const wasOpen = useRef(false);
  // While drawing: a field in the dialog takes the focus before any effect runs.
  if (open && !wasOpen.current) origin.current = originOf(document.activeElement);
  wasOpen.current = open;
  return (event) => {
    event.preventDefault();
    origin.current?.focus();
  };
}

function originOf(focused: Element | null): HTMLElement | null {
  const menuButton = focused?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  if (menuButton) return document.getElementById(menuButton);
  return focused instanceof HTMLElement ? focused : null;
}
