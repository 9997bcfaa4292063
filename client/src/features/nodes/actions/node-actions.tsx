import { createContext, lazy, type ReactNode, Suspense, use, useMemo, useState } from 'react';
import type { Target } from '../list/list-source';
import { CommandDialog, type XrayCommand } from '../commands/command-dialog';
import { DeleteDialog } from './delete-dialog';
import { RevokeDialog } from './revoke-dialog';
import { TestDialog } from './test-dialog';

const EditDialog = lazy(() => import('../join/edit-dialog'));
const TokenDialog = lazy(() => import('../join/token-dialog'));

export interface NodeRef {
  id: string;
  name: string;
}

export type DialogName = 'edit' | 'test' | 'token' | 'revoke' | 'delete';

interface Actions {
  open: (dialog: DialogName, node: NodeRef) => void;
  runCommand: (kind: XrayCommand, targets: readonly Target[]) => void;
}

type Opened =
  | { dialog: DialogName; node: NodeRef }
  | { dialog: 'command'; kind: XrayCommand; targets: readonly Target[] }
  | undefined;

const Context = createContext<Actions>({ open: () => {}, runCommand: () => {} });
export const useNodeActions = () => use(Context);

/** What can be done to a node, wherever it shows. One dialog at a time, drawn here. */
export function NodeActions({ children, onDeleted }: { children: ReactNode; onDeleted?: () => void }) {
  const [opened, setOpened] = useState<Opened>();
  const actions = useMemo<Actions>(
    () => ({
      open: (dialog, node) => setOpened({ dialog, node }),
      runCommand: (kind, targets) => setOpened({ dialog: 'command', kind, targets }),
    }),
    [],
  );
  const close = () => setOpened(undefined);
  return (
    <Context value={actions}>
      {children}
      <Suspense fallback={null}>
        {opened && <OpenDialog opened={opened} onClose={close} onDeleted={onDeleted} />}
      </Suspense>
    </Context>
  );
}

interface OpenDialogProps {
  opened: NonNullable<Opened>;
  onClose: () => void;
  onDeleted: (() => void) | undefined;
}

function OpenDialog({ opened, onClose, onDeleted }: OpenDialogProps) {
  switch (opened.dialog) {
    case 'command':
      return <CommandDialog kind={opened.kind} targets={opened.targets} onClose={onClose} />;
    case 'edit':
      return <EditDialog node={opened.node} onClose={onClose} />;
    case 'test':
      return <TestDialog node={opened.node} onClose={onClose} />;
    case 'token':
      return <TokenDialog node={opened.node} onClose={onClose} />;
    case 'revoke':
      return <RevokeDialog node={opened.node} onClose={onClose} />;
    case 'delete':
      return <DeleteDialog node={opened.node} onClose={onClose} onDeleted={onDeleted} />;
  }
}
