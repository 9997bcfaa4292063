import type { ReactNode } from 'react';

/** A plain table that scrolls sideways where it does not fit. */
export function HistoryTable({ label, heads, children }: { label: string; heads: string[]; children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="thin-scroll overflow-x-auto rounded-lg border border-line bg-panel shadow-lift"
    >
      <table className="w-full text-sm [&_td]:px-3 [&_td]:py-2.5 [&_td]:align-top [&_tr]:border-b [&_tr]:border-line [&_tr:last-child]:border-0">
        <thead className="text-2xs text-fg3">
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col" className="h-8 px-3 text-start font-medium whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
