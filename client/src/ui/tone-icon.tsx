import { cn } from './cn';

/** Each tone has a shape of its own, so that colour is never the only signal. */
export type Tone = 'ok' | 'warn' | 'bad' | 'waiting' | 'off';

export const TONE_TEXT: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  waiting: 'text-info',
  off: 'text-fg3',
};

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.5,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

const SHAPES: Record<Tone, React.ReactNode> = {
  ok: (
    <>
      <circle cx="7" cy="7" r="6" fill="currentColor" opacity=".18" />
      <circle cx="7" cy="7" r="3.1" fill="currentColor" />
    </>
  ),
  warn: <path d="M7 1.7 13 12.2H1Z M7 5.4v3.1 M7 10.2v.5" {...stroke} />,
  bad: (
    <>
      <circle cx="7" cy="7" r="5.3" {...stroke} />
      <path d="m5 5 4 4m0-4-4 4" {...stroke} />
    </>
  ),
  waiting: (
    <>
      <circle cx="7" cy="7" r="5.2" {...stroke} opacity=".35" />
      <path d="M7 3.8V7l2 1.6" {...stroke} />
    </>
  ),
  off: (
    <>
      <circle cx="7" cy="7" r="5.3" {...stroke} strokeDasharray="2.2 2" />
      <path d="M4.8 7h4.4" {...stroke} />
    </>
  ),
};

export function ToneIcon({ tone, className }: { tone: Tone; className?: string }) {
  return (
    <svg viewBox="0 0 14 14" className={cn('size-3.5 shrink-0', TONE_TEXT[tone], className)} aria-hidden>
      {SHAPES[tone]}
    </svg>
  );
}
