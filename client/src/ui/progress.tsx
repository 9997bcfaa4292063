interface ProgressProps {
  done: number;
  total: number;
  label: string;
}

/** How much of something long is done, in words and as a bar. */
export function Progress({ done, total, label }: ProgressProps) {
  return (
    <div>
      <p className="num mb-1.5 text-xs text-fg2" role="status">
        {label}
      </p>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total}
        className="h-1.5 overflow-hidden rounded-full bg-track"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width]"
          style={{ width: `${(done / total) * 100}%` }}
        />
      </div>
    </div>
  );
}
