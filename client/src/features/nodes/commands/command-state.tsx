import { LoaderCircle } from 'lucide-react';
import type { NodeCommandState } from '../../../graphql/gen/graphql';
import { useTranslation } from '../../../i18n';
import { cn } from '../../../ui/cn';
import { type Tone, TONE_TEXT, ToneIcon } from '../../../ui/tone-icon';

const TONES: Record<NodeCommandState, Tone> = {
  QUEUED: 'waiting',
  DELIVERED: 'waiting',
  SUCCEEDED: 'ok',
  FAILED: 'bad',
  EXPIRED: 'off',
};

export function CommandState({ state }: { state: NodeCommandState }) {
  const { t } = useTranslation();
  const tone = TONES[state];
  return (
    <span data-state={state} className={cn('inline-flex items-center gap-1.5 whitespace-nowrap', TONE_TEXT[tone])}>
      {state === 'DELIVERED' ? (
        <LoaderCircle className="size-3.5 animate-spin" aria-hidden />
      ) : (
        <ToneIcon tone={tone} />
      )}
      {t(`commands.state.${state}`)}
    </span>
  );
}
