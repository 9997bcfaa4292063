import { closeSync, copyFileSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';

const MAX_FILE_BYTES = 5 * 1024 * 1024;
const MAX_LINE_BYTES = 4_096;
const CHUNK_BYTES = 64 * 1024;
/** More than the panel takes in a second is left out at once. */
const MAX_BYTES_PER_READ = 512 * 1024;

/**
 * Xray writes into a file, not into a pipe: its next line into a pipe without a reader would kill it, and an agent that
 * is killed must not take the users' connections with it.
 *
 * The file is opened for appending by Xray, so it can be emptied under it: a full one is copied to `.1` first.
 */
export class XrayLogFile {
  private readonly file: number;
  private offset: number;
  private rest = '';
  private readonly decoder = new StringDecoder('utf8');

  constructor(private readonly path: string) {
    this.file = openSync(path, 'a+', 0o600);
    this.offset = fstatSync(this.file).size; // what an earlier agent has seen is not news
  }

  /** For Xray's standard output and error. */
  openForWriting(): number {
    return openSync(this.path, 'a', 0o600);
  }

  /** Complete lines since the last call. */
  readLines(): string[] {
    const size = fstatSync(this.file).size;
    const text = this.rest + this.read(size);
    const lines = text.split('\n');
    this.rest = (lines.pop() ?? '').slice(0, MAX_LINE_BYTES);
    if (size > MAX_FILE_BYTES) this.rotate();
    return lines.filter((line) => line.trim() !== '').map((line) => line.slice(0, MAX_LINE_BYTES));
  }

  close(): void {
    closeSync(this.file);
  }

  private read(size: number): string {
    if (size < this.offset) this.offset = 0;
    let text = '';
    const tooMany = size - this.offset - MAX_BYTES_PER_READ;
    if (tooMany > 0) {
      this.offset += tooMany;
      text = `\n${tooMany} bytes of Xray's log were left out here\n`;
    }
    while (this.offset < size) {
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, size - this.offset));
      const length = readSync(this.file, chunk, 0, chunk.length, this.offset);
      if (length === 0) break;
      text += this.decoder.write(chunk.subarray(0, length));
      this.offset += length;
    }
    return text;
  }

  private rotate(): void {
    copyFileSync(this.path, `${this.path}.1`);
    ftruncateSync(this.file, 0);
    this.offset = 0;
  }
}
