import { Check } from 'lucide-react';
import { useFormat, useTranslation } from '../../../i18n';
import { cn } from '../../../ui/cn';

export const STEPS = ['template', 'settings', 'targets', 'review'] as const;
export type Step = (typeof STEPS)[number];

interface StepListProps {
  current: Step;
  /** Whether there is a draft, so that the later steps have something to show. */
  reachable: boolean;
  onGo: (step: Step) => void;
}

export function StepList({ current, reachable, onGo }: StepListProps) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const at = STEPS.indexOf(current);
  return (
    <ol aria-label={t('proxies.steps.label')} className="flex items-center gap-2">
      {STEPS.map((step, index) => {
        const done = index < at;
        return (
          <li key={step} className={cn('flex min-w-0 items-center gap-2', index < STEPS.length - 1 && 'flex-1')}>
            <button
              type="button"
              disabled={index > at && !(reachable && index === at + 1)}
              aria-current={step === current ? 'step' : undefined}
              onClick={() => onGo(step)}
              className={cn(
                'flex min-h-6 min-w-0 items-center gap-2 rounded-md text-sm text-fg3 not-disabled:hover:text-fg',
                step === current && 'shrink-0 font-medium text-fg',
              )}
            >
              <span
                className={cn(
                  'num grid size-6 shrink-0 place-items-center rounded-full border border-line-strong text-2xs',
                  step === current && 'border-accent bg-accent text-accent-fg',
                  done && 'border-transparent bg-ok-soft text-ok',
                )}
              >
                {done ? <Check className="size-3.5" aria-hidden /> : number(index + 1)}
              </span>
              <span className={cn('truncate', step !== current && 'max-sm:sr-only')}>{t(`proxies.steps.${step}`)}</span>
            </button>
            {index < STEPS.length - 1 && <span className="h-px min-w-2 flex-1 bg-line" aria-hidden />}
          </li>
        );
      })}
    </ol>
  );
}
