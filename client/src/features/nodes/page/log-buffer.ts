import type { LogSource } from '../../../graphql/gen/graphql';

export interface Line {
  at: string;
  source: LogSource;
  text: string;
}

export interface NumberedLine extends Line {
  /** Counts up as long as the page is open, so that a line keeps its place in the list. */
  number: number;
}

export const MOST_LINES = 5_000;

/** The newest lines. What was loaded and what was streamed overlap; a line that is in both is kept once. */
export class LogBuffer {
  #lines: readonly NumberedLine[] = [];
  #next = 0;

  get lines(): readonly NumberedLine[] {
    return this.#lines;
  }

  append(lines: readonly Line[]): void {
    const numbered = lines.map((line) => ({ ...line, number: this.#next++ }));
    this.#lines = [...this.#lines, ...numbered].slice(-MOST_LINES);
  }

  /** The panel's lines come before what was streamed meanwhile, and replace what of it they contain. */
  load(lines: readonly Line[]): void {
    const known = new Set(lines.map(identity));
    const streamed = this.#lines.filter((line) => !known.has(identity(line)));
    const newest = lines.at(-1)?.at ?? '';
    const after = streamed.filter(({ at }) => at >= newest);
    this.#lines = [];
    this.append([...lines, ...after]);
  }
}

const identity = ({ at, source, text }: Line) => `${at} ${source} ${text}`;

export function matches(line: Line, source: LogSource | 'ALL', text: string): boolean {
  return (source === 'ALL' || line.source === source) && line.text.toLowerCase().includes(text.toLowerCase());
}

export const toText = (lines: readonly Line[]) =>
  lines.map(({ at, source, text }) => `${at} ${source.toLowerCase()} ${text}\n`).join('');
