import { useState } from 'react';
import { Outlet } from 'react-router';
import { useTranslation } from '../i18n';
import { BottomBar } from './bottom-bar';
import { ClusterFeed } from './cluster-feed';
import { DemoBanner } from './demo-banner';
import { LazyCommandPalette } from './lazy-command-palette';
import { ShortcutHelp } from './shortcut-help';
import { Sidebar } from './sidebar';
import { useShortcuts } from './use-shortcuts';

export function Layout() {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'palette' | 'help' | undefined>();
  useShortcuts({ openPalette: () => setOpen('palette'), openHelp: () => setOpen('help') });
  const close = () => setOpen(undefined);
  return (
    <div className="flex h-dvh flex-col">
      <a
        href="#content"
        className="fixed start-3 top-3 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm font-medium text-accent-fg focus:translate-y-0"
      >
        {t('shell.skip')}
      </a>
      <ClusterFeed />
      <DemoBanner />
      <div className="flex min-h-0 flex-1">
        <Sidebar onSearch={() => setOpen('palette')} onHelp={() => setOpen('help')} />
        <main id="content" tabIndex={-1} className="thin-scroll min-w-0 flex-1 overflow-y-auto outline-none">
          <Outlet />
        </main>
      </div>
      <BottomBar onSearch={() => setOpen('palette')} onHelp={() => setOpen('help')} />
      <LazyCommandPalette open={open === 'palette'} onClose={close} />
      <ShortcutHelp open={open === 'help'} onClose={close} />
    </div>
  );
}
