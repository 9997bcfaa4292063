import { useState } from 'react';
import { FailureNotice } from '../../../graphql/failure-notice';
import type { NodeCommandKind } from '../../../graphql/gen/graphql';
import { useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { Dialog } from '../../../ui/dialog';
import type { Target } from '../list/list-source';
import { hasFailed, type Run, tally } from './command-run';
import { CommandState } from './command-state';
import { useCommandRun } from './use-command-run';

export type XrayCommand = Extract<NodeCommandKind, 'START_XRAY' | 'STOP_XRAY' | 'RESTART_XRAY'>;

interface CommandDialogProps {
  kind: XrayCommand;
  targets: readonly Target[];
  onClose: () => void;
}

/** Says what the command will do, then how it goes on each node. */
export function CommandDialog({ kind, targets, onClose }: CommandDialogProps) {
  const { t } = useTranslation();
  const { run, start, error, starting, failedNodes } = useCommandRun();
  const [open, setOpen] = useState(true);
  const asked = run.size > 0;
  const close = () => {
    setOpen(false);
    onClose();
  };
  const begin = (nodeIds: string[]) => void start(kind, nodeIds);
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={asked ? t(`commands.${kind}`) : t(`commands.confirm.${kind}`, { count: targets.length })}
      closeLabel={t('common.close')}
      footer={
        asked ? (
          <>
            {failedNodes.length > 0 && (
              <Button size="md" busy={starting} onClick={() => begin(failedNodes)}>
                {t('commands.retryFailed')}
              </Button>
            )}
            <Button size="md" variant="primary" onClick={close}>
              {t('common.close')}
            </Button>
          </>
        ) : (
          <>
            <Button size="md" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button
              size="md"
              variant={kind === 'STOP_XRAY' ? 'danger' : 'primary'}
              busy={starting}
              onClick={() => begin(targets.map(({ id }) => id))}
            >
              {t(`commands.${kind}`)}
            </Button>
          </>
        )
      }
    >
      {error && <FailureNotice error={error} className="mb-3" />}
      {asked ? <RunProgress run={run} targets={targets} /> : <Consequences kind={kind} targets={targets} />}
    </Dialog>
  );
}

function Consequences({ kind, targets }: Omit<CommandDialogProps, 'onClose'>) {
  const { t } = useTranslation();
  const connections = targets.reduce((sum, target) => sum + target.connections, 0);
  const shown = targets.slice(0, 6);
  return (
    <div className="space-y-2 text-sm text-fg2">
      {kind === 'START_XRAY' ? (
        <p>{t('commands.startHint')}</p>
      ) : (
        <p>
          <strong className="font-medium text-fg">{t('commands.interrupts', { count: connections })}</strong>{' '}
          {t(kind === 'RESTART_XRAY' ? 'commands.restartHint' : 'commands.stopHint')}
        </p>
      )}
      <p className="flex flex-wrap gap-1">
        {shown.map(({ id, name }) => (
          <bdi key={id} className="rounded border border-line px-1.5 text-xs leading-5">
            {name}
          </bdi>
        ))}
        {targets.length > shown.length && (
          <span dir="ltr" className="px-1 text-xs leading-5 text-fg3">
            +{targets.length - shown.length}
          </span>
        )}
      </p>
    </div>
  );
}

function RunProgress({ run, targets }: { run: Run; targets: readonly Target[] }) {
  const { t } = useTranslation();
  const { total, done, failed } = tally(run);
  const summary =
    done < total
      ? t('commands.running', { done, total })
      : failed > 0
        ? t('commands.someFailed', { count: failed })
        : t('commands.allDone');
  const known = targets.flatMap((target) => {
    const progress = run.get(target.id);
    return progress ? [{ target, progress }] : [];
  });
  const rows = known.toSorted((a, b) => Number(hasFailed(b.progress)) - Number(hasFailed(a.progress)));
  return (
    <>
      <p role="status" className="num text-sm text-fg2">
        {summary}
      </p>
      <div
        role="progressbar"
        aria-label={t('commands.progress')}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        className="mt-2 h-1.5 overflow-hidden rounded-full bg-track"
      >
        <div
          className={failed > 0 ? 'h-full bg-warn transition-all' : 'h-full bg-accent transition-all'}
          style={{ width: `${(done / Math.max(1, total)) * 100}%` }}
        />
      </div>
      <ul
        tabIndex={0}
        aria-label={t('commands.progress')}
        className="thin-scroll mt-3 max-h-80 divide-y divide-line overflow-y-auto rounded-lg border border-line"
      >
        {rows.map(({ target, progress }) => (
          <li key={target.id} data-node={target.name} className="flex items-start gap-3 px-3 py-2 text-sm">
            <div className="min-w-0 flex-1">
              <bdi className="font-medium">{target.name}</bdi>
              <ProgressNote note={progress.error ?? progress.output} bad={hasFailed(progress)} />
              {progress.state === 'QUEUED' && <p className="text-2xs text-fg3">{t('commands.queuedHint')}</p>}
            </div>
            <CommandState state={progress.state} />
          </li>
        ))}
      </ul>
    </>
  );
}

const ProgressNote = ({ note, bad }: { note: string | null; bad: boolean }) =>
  note && (
    <p className={`text-2xs wrap-anywhere ${bad ? 'text-bad' : 'text-fg3'}`}>
      <bdi>{note}</bdi>
    </p>
  );
