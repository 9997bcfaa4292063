import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine, Copy, Download, Pause, Play, ScrollText } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { toast } from 'sonner';
import { FailureNotice } from '../../../graphql/failure-notice';
import type { LogSource } from '../../../graphql/gen/graphql';
import { useFormat, useTranslation } from '../../../i18n';
import { Button } from '../../../ui/button';
import { cn } from '../../../ui/cn';
import { copyText } from '../../../ui/copy-text';
import { controlClasses } from '../../../ui/field';
import { Placeholder } from '../../../ui/placeholder';
import { Segmented } from '../../../ui/segmented';
import { Skeleton } from '../../../ui/skeleton';
import { matches, type NumberedLine, toText } from './log-buffer';
import { useLogs } from './use-logs';

export default function LogsTab({ nodeId }: { nodeId: string }) {
  const { t } = useTranslation();
  const [source, setSource] = useState<LogSource | 'ALL'>('ALL');
  const [text, setText] = useState('');
  const [paused, setPaused] = useState(false);
  const [follow, setFollow] = useState(true);
  const { lines, held, error, loading, retry } = useLogs(nodeId, paused);
  const wanted = useDeferredValue(text);
  const shown = useMemo(() => lines.filter((line) => matches(line, source, wanted)), [lines, source, wanted]);

  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label={t('logs.source')}
          value={source}
          onChange={setSource}
          options={[
            { value: 'ALL', label: t('logs.all') },
            { value: 'XRAY', label: t('logs.XRAY') },
            { value: 'AGENT', label: t('logs.AGENT') },
          ]}
        />
        <input
          type="search"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder={t('logs.filter')}
          aria-label={t('logs.filter')}
          className={cn(controlClasses, 'h-7 w-52 text-xs max-sm:w-full')}
        />
        <span className="num text-xs text-fg3">{t('logs.lines', { count: shown.length })}</span>
        <LogActions lines={shown} nodeId={nodeId}>
          <Button
            aria-pressed={follow}
            className={cn(follow && 'border-accent/60 text-fg')}
            onClick={() => setFollow(!follow)}
          >
            <ArrowDownToLine className="size-3.5" aria-hidden />
            {t('logs.follow')}
          </Button>
          <Button onClick={() => setPaused(!paused)}>
            {paused ? <Play className="size-3.5" aria-hidden /> : <Pause className="size-3.5" aria-hidden />}
            {t(paused ? 'logs.resume' : 'logs.pause')}
            {paused && held > 0 && <span className="num text-fg3">· {t('logs.held', { count: held })}</span>}
          </Button>
        </LogActions>
      </div>
      {error && <FailureNotice error={error} title={t('errors.load')} onRetry={retry} />}
      {loading ? (
        <Skeleton className="h-96 w-full rounded-lg" />
      ) : (
        <LogView lines={shown} follow={follow} onFollow={setFollow} filtered={shown.length < lines.length} />
      )}
    </div>
  );
}

function LogActions({
  lines,
  nodeId,
  children,
}: {
  lines: readonly NumberedLine[];
  nodeId: string;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  async function copy() {
    await copyText(toText(lines));
    toast.success(t('logs.copied', { count: lines.length }));
  }
  function download() {
    const url = URL.createObjectURL(new Blob([toText(lines)], { type: 'text/plain' }));
    const link = Object.assign(document.createElement('a'), { href: url, download: `node-${nodeId}.log` });
    link.click();
    URL.revokeObjectURL(url);
  }
  return (
    <div className="ms-auto flex flex-wrap gap-2">
      {children}
      <Button size="icon" aria-label={t('common.copy')} onClick={() => void copy()}>
        <Copy className="size-3.5" aria-hidden />
      </Button>
      <Button size="icon" aria-label={t('common.download')} onClick={download}>
        <Download className="size-3.5" aria-hidden />
      </Button>
    </div>
  );
}

interface LogViewProps {
  lines: readonly NumberedLine[];
  follow: boolean;
  onFollow: (follow: boolean) => void;
  filtered: boolean;
}

const AT_END_PX = 24;

function LogView({ lines, follow, onFollow, filtered }: LogViewProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
    getItemKey: (index) => lines[index]?.number ?? index,
  });
  const newest = lines.at(-1)?.number;
  useEffect(() => {
    if (follow && lines.length > 0) virtual.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [follow, newest, lines.length, virtual]);

  if (lines.length === 0) {
    return (
      <Placeholder
        icon={<ScrollText />}
        title={t(filtered ? 'logs.emptyFilter' : 'logs.empty')}
        className="rounded-lg border border-line bg-panel"
      />
    );
  }
  return (
    <div
      ref={scroller}
      role="log"
      aria-label={t('logs.label')}
      aria-live="off"
      tabIndex={0}
      dir="ltr"
      onWheel={(event) => {
        // Whoever scrolls back wants to read; being at the end again means following again.
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        if (event.deltaY < 0) onFollow(false);
        else if (scrollHeight - scrollTop - clientHeight < AT_END_PX) onFollow(true);
      }}
      className="thin-scroll min-h-72 flex-1 overflow-auto max-md:h-[62dvh] max-md:flex-none rounded-lg border border-line bg-panel py-2 font-mono text-xs leading-5 shadow-lift"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <div
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            className="absolute inset-x-0 top-0 px-3"
            style={{ transform: `translateY(${item.start}px)` }}
          >
            <LogLine line={lines[item.index]!} />
          </div>
        ))}
      </div>
    </div>
  );
}

function LogLine({ line }: { line: NumberedLine }) {
  const { clock } = useFormat();
  return (
    <p className="flex gap-3 hover:bg-hover">
      <time dateTime={line.at} className="num shrink-0 text-fg3">
        {clock(line.at)}
      </time>
      <span className={cn('w-10 shrink-0', line.source === 'AGENT' ? 'text-info' : 'text-fg3')}>
        {line.source.toLowerCase()}
      </span>
      <span className={cn('min-w-0 break-words whitespace-pre-wrap', levelColor(line.text))}>{line.text}</span>
    </p>
  );
}

function levelColor(text: string): string {
  if (/\b(error|fatal|panic|failed)\b/i.test(text)) return 'text-bad';
  if (/\bwarn(ing)?\b/i.test(text)) return 'text-warn';
  return 'text-fg2';
}
