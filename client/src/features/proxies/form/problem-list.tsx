import { useTranslation } from '../../../i18n';
import { cn } from '../../../ui/cn';
import { ToneIcon } from '../../../ui/tone-icon';
import type { Problem } from '../problems';

interface ProblemListProps {
  problems: readonly Problem[];
  onGoTo?: (problem: Problem) => void;
  className?: string;
}

/** What belongs to no field of the form, or to a place in the JSON. */
export function ProblemList({ problems, onGoTo, className }: ProblemListProps) {
  const { t } = useTranslation();
  if (problems.length === 0) return null;
  return (
    <ul
      aria-label={t('proxies.problems')}
      className={cn('divide-y divide-line overflow-hidden rounded-lg border border-line bg-panel', className)}
    >
      {problems.map((problem) => (
        <li key={`${problem.severity} ${problem.path}`} data-problem={problem.path}>
          {onGoTo ? (
            <button
              type="button"
              onClick={() => onGoTo(problem)}
              className="flex w-full items-start gap-2.5 px-3 py-2 text-start text-sm hover:bg-hover focus-visible:-outline-offset-2"
            >
              <ProblemText problem={problem} />
            </button>
          ) : (
            <div className="flex items-start gap-2.5 px-3 py-2 text-sm">
              <ProblemText problem={problem} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function ProblemText({ problem: { path, message, severity } }: { problem: Problem }) {
  const { t } = useTranslation();
  const isError = severity === 'error';
  return (
    <>
      <ToneIcon tone={isError ? 'bad' : 'warn'} className="mt-0.5" />
      <span className="min-w-0">
        <span className="sr-only">{t(isError ? 'proxies.error' : 'proxies.warning')}: </span>
        <bdi dir="ltr" className="block font-mono text-2xs wrap-anywhere text-fg3">
          {path}
        </bdi>
        <bdi className={cn('wrap-anywhere', isError ? 'text-fg' : 'text-fg2')}>{message}</bdi>
      </span>
    </>
  );
}
