import type { NodeStatus } from '../graphql/gen/graphql';
import { useTranslation } from '../i18n';
import { cn } from '../ui/cn';
import { type Tone, TONE_TEXT, ToneIcon } from '../ui/tone-icon';

export const STATUS_TONE: Record<NodeStatus, Tone> = {
  ONLINE: 'ok',
  DEGRADED: 'warn',
  OFFLINE: 'bad',
  PENDING: 'waiting',
  DISABLED: 'off',
};

/** Icon and word; only a problem gets a coloured word. */
export function StatusLabel({ status, className }: { status: NodeStatus; className?: string }) {
  const { t } = useTranslation();
  const tone = STATUS_TONE[status];
  const loud = tone === 'warn' || tone === 'bad';
  return (
    <span
      className={cn('inline-flex items-center gap-2 whitespace-nowrap', loud ? TONE_TEXT[tone] : 'text-fg', className)}
    >
      <ToneIcon tone={tone} />
      {t(`status.${status}`)}
    </span>
  );
}
