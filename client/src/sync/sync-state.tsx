import { LoaderCircle } from 'lucide-react';
import type { SyncState } from '../graphql/gen/graphql';
import { useTranslation } from '../i18n';
import { cn } from '../ui/cn';
import { type Tone, TONE_TEXT, ToneIcon } from '../ui/tone-icon';
import { Tooltip } from '../ui/tooltip';
import { useNodeSync } from './sync-feed';
import type { SyncEntry } from './sync-status';

export const SYNC_TONE: Record<SyncState, Tone> = {
  FAILED: 'bad',
  PENDING: 'waiting',
  SYNCING: 'waiting',
  NEVER: 'off',
  IN_SYNC: 'ok',
};

export const SyncIcon = ({ state, className }: { state: SyncState; className?: string }) =>
  state === 'SYNCING' ? (
    <LoaderCircle className={cn('size-3.5 shrink-0 animate-spin text-info', className)} aria-hidden />
  ) : (
    <ToneIcon tone={SYNC_TONE[state]} className={className} />
  );

/** Icon and word, and whether the configuration was changed on the node. */
export function SyncStateLabel({ entry, className }: { entry: SyncEntry; className?: string }) {
  const { t } = useTranslation();
  const tone = SYNC_TONE[entry.state];
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <SyncIcon state={entry.state} />
      <span className={tone === 'bad' ? TONE_TEXT.bad : 'text-fg'}>{t(`sync.state.${entry.state}`)}</span>
      {entry.driftSince && <DriftChip />}
    </span>
  );
}

export function DriftChip() {
  const { t } = useTranslation();
  return (
    <span
      title={t('issues.CONFIG_DRIFT')}
      className="rounded border border-warn/30 bg-warn-soft px-1 text-2xs leading-4 text-warn"
    >
      {t('sync.drift')}
    </span>
  );
}

/** A node whose agent is away has worse to tell than that a configuration waits for it. */
function isWorthAMark({ state, driftSince, node }: SyncEntry): boolean {
  if (state === 'FAILED' || driftSince) return true;
  return node.agent.connected && (state === 'PENDING' || state === 'SYNCING');
}

/** For the list of nodes: nothing while all is well. */
export function NodeSyncMark({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation();
  const entry = useNodeSync(nodeId);
  if (!entry || !isWorthAMark(entry)) return null;
  const text = entry.state === 'IN_SYNC' ? t('issues.CONFIG_DRIFT') : t(`sync.hint.${entry.state}`);
  return (
    <Tooltip label={text}>
      <span data-sync={nodeId} data-state={entry.state} role="img" aria-label={text} className="inline-flex">
        {entry.state === 'IN_SYNC' ? <ToneIcon tone="warn" /> : <SyncIcon state={entry.state} />}
      </span>
    </Tooltip>
  );
}
