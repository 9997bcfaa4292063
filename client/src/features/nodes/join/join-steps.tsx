import { CircleX, LoaderCircle } from 'lucide-react';
import { useFormat, useTranslation } from '../../../i18n';
import { cn } from '../../../ui/cn';
import { Notice } from '../../../ui/notice';
import { type Onboarding, type Step, stepsOf } from './onboarding';

/** How far the node has come, as it comes. */
export function JoinSteps({ onboarding }: { onboarding: Onboarding }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('addNode.stepsTitle')}>
      <ol aria-live="polite" className="rounded-lg border border-line bg-panel px-3 py-1">
        {stepsOf(onboarding).map((step) => (
          <JoinStep key={step.id} step={step} />
        ))}
      </ol>
      {onboarding.problem && (
        <Notice tone="bad" role="alert" className="mt-3" title={t('addNode.problem')}>
          <bdi>{onboarding.problem}</bdi>
          <p className="mt-1 text-xs text-fg3">{t('addNode.problemHint')}</p>
        </Notice>
      )}
    </section>
  );
}

function JoinStep({ step: { id, state, at } }: { step: Step }) {
  const { t } = useTranslation();
  const { clock } = useFormat();
  return (
    <li data-step={id} data-state={state} className="flex h-9 items-center gap-2.5 text-sm">
      <StepIcon state={state} />
      <span className={cn(state === 'waiting' ? 'text-fg3' : 'text-fg', state === 'failed' && 'text-bad')}>
        {t(`addNode.steps.${id}`)}
      </span>
      {at && (
        <time dateTime={at} className="num ms-auto text-xs text-fg3">
          {clock(at)}
        </time>
      )}
      {state === 'active' && <span className="ms-auto text-xs text-fg3">{t('addNode.waiting')}</span>}
    </li>
  );
}

function StepIcon({ state }: { state: Step['state'] }) {
  if (state === 'active') return <LoaderCircle className="size-4 animate-spin text-info" aria-hidden />;
  if (state === 'failed') return <CircleX className="size-4 text-bad" aria-hidden />;
  return (
    <svg viewBox="0 0 16 16" className={cn('size-4', state === 'done' ? 'text-ok' : 'text-line-strong')} aria-hidden>
      <circle
        cx="8"
        cy="8"
        r="7"
        fill={state === 'done' ? 'currentColor' : 'none'}
        fillOpacity=".18"
        stroke="currentColor"
        strokeWidth="1.4"
      />
      {state === 'done' && (
        <path
          d="m5 8.2 2.1 2.1L11.2 6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      )}
    </svg>
  );
}
