import type { LogLineInput, LogSource } from '../gql/graphql.js';

const MAX_PENDING = 5_000;
const MAX_RECENT = 1_000;
const MAX_LINE_CHARACTERS = 2_000;
const MAX_BATCH_LINES = 500;
/** Messages are at most 256 KiB; the rest is left for the envelope. */
const MAX_BATCH_BYTES = 200 * 1024;

/** Log lines on their way to the panel. A flood drops lines, and a line of its own says how many. */
export class LogOutbox {
  private pendingLines: LogLineInput[] = [];
  private recentLines: LogLineInput[] = [];
  private dropped = 0;

  add(source: LogSource, text: string, at = new Date()): void {
    const line = { at: at.toISOString(), source, text: text.slice(0, MAX_LINE_CHARACTERS) };
    this.recentLines.push(line);
    if (this.recentLines.length > 2 * MAX_RECENT) this.recentLines = this.recentLines.slice(-MAX_RECENT);
    if (this.pendingLines.length >= MAX_PENDING) this.dropped += 1;
    else this.pendingLines.push(line);
  }

  /** As many of the oldest as one message may carry. They stay here until `delivered`. */
  batch(): LogLineInput[] {
    if (this.dropped > 0 && this.pendingLines.length < MAX_PENDING) this.reportDropped();
    return fitting(this.pendingLines.slice(0, MAX_BATCH_LINES));
  }

  delivered(lines: LogLineInput[]): void {
    const gone = new Set(lines);
    this.pendingLines = this.pendingLines.filter((line) => !gone.has(line));
  }

  /** The newest lines, delivered or not, oldest of them first. */
  recent(last: number): LogLineInput[] {
    const wanted = Math.min(Math.max(last, 0), MAX_RECENT);
    const lines = wanted === 0 ? [] : this.recentLines.slice(-wanted);
    return fitting(lines.toReversed()).toReversed();
  }

  private reportDropped(): void {
    const text = `${this.dropped} log lines were dropped here: there were more than the panel takes`;
    this.dropped = 0;
    this.pendingLines.push({ at: new Date().toISOString(), source: 'AGENT', text });
  }
}

/** As many lines from the front as fit into one message. */
function fitting(lines: LogLineInput[]): LogLineInput[] {
  let bytes = 0;
  const firstTooMany = lines.findIndex(
    (line) => (bytes += Buffer.byteLength(JSON.stringify(line)) + 1) > MAX_BATCH_BYTES,
  );
  return firstTooMany === -1 ? lines : lines.slice(0, firstTooMany);
}
