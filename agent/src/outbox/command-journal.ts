import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { readIfPresent, writeFileAtomically } from '../atomic-file.js';
import type { CompleteCommandInput } from '../gql/graphql.js';

/** So many commands are remembered after their end; older ones can no longer be delivered again: they have expired. */
const REMEMBERED = 1_000;
const COMPACT_AFTER_RECORDS = 4 * REMEMBERED;

export type CommandOutcome = Omit<CompleteCommandInput, 'commandId'>;

interface Entry {
  id: string;
  /** Absent while the command is being carried out, and for ever when the agent died in the middle of it. */
  outcome?: CommandOutcome;
  /** The panel has answered completeCommand. */
  acknowledged?: boolean;
}

/**
 * Which commands this node has begun, and how they ended. A command is written down, and the disk has confirmed it,
 * before it begins: that is what makes "at least once" delivery end in "at most once" execution.
 *
 * The file is one JSON record a line, the newest record of an id wins; a torn last line is left out.
 */
export class CommandJournal {
  private readonly entries = new Map<string, Entry>();
  private file: number;
  private records = 0;

  constructor(private readonly path: string) {
    for (const entry of readEntries(path)) this.remember(entry);
    this.file = this.compact();
  }

  has(id: string): boolean {
    return this.entries.has(id);
  }

  begin(id: string): void {
    this.append({ id });
  }

  finish(id: string, outcome: CommandOutcome): void {
    this.append({ id, outcome });
  }

  /** The result is remembered, its log lines are not: nobody asks for them again. */
  acknowledge(id: string): void {
    const outcome = this.entries.get(id)?.outcome;
    if (outcome) this.append({ id, outcome: { ...outcome, logs: null }, acknowledged: true });
  }

  /** Delivered again after its end: the panel has lost the result, it gets it once more. */
  sendAgain(id: string): void {
    const entry = this.entries.get(id);
    if (entry?.acknowledged) entry.acknowledged = false;
  }

  /** Finished, and the panel does not know yet. */
  unacknowledged(): CompleteCommandInput[] {
    return [...this.entries.values()].flatMap(({ id, outcome, acknowledged }) =>
      outcome && !acknowledged ? [{ commandId: id, ...outcome }] : [],
    );
  }

  /** Begun by an agent that died before the end. Whether the command had its effect nobody knows, so it is a failure. */
  failInterrupted(): void {
    const interrupted = [...this.entries.values()].filter(({ outcome }) => !outcome);
    for (const { id } of interrupted) {
      this.finish(id, {
        ok: false,
        error: 'The agent was stopped in the middle of this command; it was not repeated.',
      });
    }
  }

  close(): void {
    closeSync(this.file);
  }

  private append(entry: Entry): void {
    if (this.records >= COMPACT_AFTER_RECORDS) {
      closeSync(this.file);
      this.file = this.compact();
    }
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
    fsyncSync(this.file);
    this.records += 1;
    this.remember(entry);
  }

  private remember(entry: Entry): void {
    this.entries.delete(entry.id); // a Map keeps the first position of a key: the newest belongs to the end
    this.entries.set(entry.id, entry);
    for (const [id, { acknowledged }] of this.entries) {
      if (this.entries.size <= REMEMBERED) return;
      if (acknowledged) this.entries.delete(id);
    }
  }

  private compact(): number {
    const lines = [...this.entries.values()].map((entry) => `${JSON.stringify(entry)}\n`);
    writeFileAtomically(this.path, lines.join(''));
    this.records = lines.length;
    return openSync(this.path, 'a', 0o600);
  }
}

function readEntries(path: string): Entry[] {
  return (readIfPresent(path) ?? '').split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
}
