import { lazy, Suspense, useEffect, useState } from 'react';

const CommandPalette = lazy(() => import('./command-palette'));

/** Fetched at the first use, and kept then, so that closing can be animated. */
export function LazyCommandPalette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (open) setWanted(true);
  }, [open]);
  return <Suspense fallback={null}>{(open || wanted) && <CommandPalette open={open} onClose={onClose} />}</Suspense>;
}
