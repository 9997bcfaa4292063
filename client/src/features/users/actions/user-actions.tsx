import { createContext, lazy, type ReactNode, Suspense, use, useMemo, useRef, useState } from 'react';
import type { UserFieldsFragment } from '../../../graphql/gen/graphql';
import type { UserTarget } from '../list/user-source';
import { BulkDialog, type BulkAction } from './bulk-dialog';

const EditDialog = lazy(() => import('../form/edit-dialog'));
const RotateDialog = lazy(() => import('./rotate-dialog'));

interface Actions {
  edit: (user: UserFieldsFragment) => void;
  rotate: (user: UserTarget) => void;
  run: (action: BulkAction, targets: readonly UserTarget[]) => void;
}

type Opened =
  | { dialog: 'edit'; user: UserFieldsFragment }
  | { dialog: 'rotate'; user: UserTarget }
  | { dialog: 'bulk'; action: BulkAction; targets: readonly UserTarget[] }
  | undefined;

const Context = createContext<Actions>({ edit: () => {}, rotate: () => {}, run: () => {} });
export const useUserActions = () => use(Context);

interface UserActionsProps {
  children: ReactNode;
  /** Something was changed; `deleted` are the users that are no more. */
  onChanged?: (deleted: readonly string[]) => void;
}

/** What can be done to users, wherever they show. One dialog at a time, drawn here. */
export function UserActions({ children, onChanged }: UserActionsProps) {
  const [opened, setOpened] = useState<Opened>();
  const changed = useRef(onChanged);
  changed.current = onChanged;
  const actions = useMemo<Actions>(
    () => ({
      edit: (user) => setOpened({ dialog: 'edit', user }),
      rotate: (user) => setOpened({ dialog: 'rotate', user }),
      run: (action, targets) => setOpened({ dialog: 'bulk', action, targets }),
    }),
    [],
  );
  const close = () => setOpened(undefined);
  const done = (deleted: readonly string[] = []) => {
    close();
    changed.current?.(deleted);
  };
  return (
    <Context value={actions}>
      {children}
      <Suspense fallback={null}>
        {opened?.dialog === 'edit' && <EditDialog user={opened.user} onClose={close} onDone={done} />}
        {opened?.dialog === 'rotate' && <RotateDialog user={opened.user} onClose={close} onDone={done} />}
        {opened?.dialog === 'bulk' && (
          <BulkDialog action={opened.action} targets={opened.targets} onClose={close} onDone={done} />
        )}
      </Suspense>
    </Context>
  );
}
