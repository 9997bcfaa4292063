import { createContext, lazy, type ReactNode, Suspense, use, useMemo, useState } from 'react';
import type { GroupFieldsFragment } from '../../graphql/gen/graphql';
import { DeleteDialog } from './delete-dialog';

const GroupDialog = lazy(() => import('./group-dialog'));

type DialogName = 'edit' | 'delete';

const Context = createContext<(dialog: DialogName, group: GroupFieldsFragment) => void>(() => {});
/** Opens a dialog about a group. */
export const useGroupActions = () => use(Context);

interface GroupActionsProps {
  children: ReactNode;
  onChanged?: () => void;
  onDeleted?: () => void;
}

export function GroupActions({ children, onChanged, onDeleted }: GroupActionsProps) {
  const [opened, setOpened] = useState<{ dialog: DialogName; group: GroupFieldsFragment }>();
  const open = useMemo(() => (dialog: DialogName, group: GroupFieldsFragment) => setOpened({ dialog, group }), []);
  const close = () => setOpened(undefined);
  return (
    <Context value={open}>
      {children}
      <Suspense fallback={null}>
        {opened?.dialog === 'edit' && (
          <GroupDialog
            group={opened.group}
            onClose={close}
            onSaved={() => {
              close();
              onChanged?.();
            }}
          />
        )}
        {opened?.dialog === 'delete' && (
          <DeleteDialog
            group={opened.group}
            onClose={close}
            onDeleted={() => {
              close();
              onDeleted?.();
            }}
          />
        )}
      </Suspense>
    </Context>
  );
}
