// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { ConfirmDialog } from './confirm-dialog';
import { Dialog } from './dialog';
import { Menu, MenuItem } from './menu';

afterEach(cleanup);

function Page() {
  const [open, setOpen] = useState<'dialog' | 'question'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <button type="button" onClick={() => setOpen('dialog')}>
        Edit
      </button>
      <Menu trigger={<button type="button">Actions</button>}>
        <MenuItem onSelect={() => setOpen('question')}>Delete</MenuItem>
      </Menu>
      {open === 'dialog' && (
        <Dialog open onOpenChange={close} title="Name" closeLabel="Close">
          <input autoFocus aria-label="name" />
        </Dialog>
      )}
      {open === 'question' && (
        <ConfirmDialog
          open
          onOpenChange={close}
          title="Delete?"
          confirmLabel="Yes"
          cancelLabel="No"
          onConfirm={close}
        />
      )}
    </>
  );
}

const focused = () => document.activeElement?.textContent;

it('[R9.2] a dialog gives the focus back to the button that opened it, although a field in it took it at once', async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(screen.getByRole('button', { name: 'Edit' }));
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'name' }));
  await user.keyboard('{Escape}');
  await vi.waitFor(() => expect(focused()).toBe('Edit'));
});

it('[R9.2] a dialog that was opened from a menu gives it back to the button of the menu', async () => {
  const user = userEvent.setup();
  render(<Page />);
  screen.getByRole('button', { name: 'Actions' }).focus();
  await user.keyboard('{Enter}');
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  await user.click(await screen.findByRole('button', { name: 'No' }));
  await vi.waitFor(() => expect(focused()).toBe('Actions'));
});
