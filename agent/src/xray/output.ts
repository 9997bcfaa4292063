import type { Clock } from '../clock.js';
import { XrayLogFile } from './log-file.js';

const POLL_MS = 1_000;
const MAX_WORDS = 200;

/** What Xray writes, passed on line by line; the last lines of the present process say why it has ended. */
export class XrayOutput {
  /** Since the last start. */
  words: string[] = [];
  private readonly file: XrayLogFile;
  private cancelTimer = () => {};

  constructor(
    path: string,
    private readonly clock: Clock,
    private readonly onLine: (line: string) => void,
  ) {
    this.file = new XrayLogFile(path);
  }

  begin(): void {
    this.read();
    this.cancelTimer = this.clock.after(POLL_MS, () => this.begin());
  }

  end(): void {
    this.cancelTimer();
    this.read();
  }

  openForWriting(): number {
    this.words = [];
    return this.file.openForWriting();
  }

  read(): void {
    for (const line of this.file.readLines()) {
      this.words = [...this.words.slice(-MAX_WORDS), line];
      this.onLine(line);
    }
  }
}
