/** What is wrong, where, and what to do about it. Never the rejected value: it may be a key. */
export interface ConfigProblem {
  path: string;
  message: string;
}

export type Path = readonly PropertyKey[];

/** What a proxy has beside its inbound, whose path does not begin with `inbound`. */
export type Beside = 'port' | 'protocol';

const MOST_PROBLEMS = 100;
const LONGEST_KEY = 64;

/** Collects what is wrong. The first word on a place is the most useful one, so there is one for each. */
export class Findings {
  private readonly problems: ConfigProblem[] = [];
  private readonly warnings: ConfigProblem[] = [];
  private readonly seen = new Set<string>();
  private unlisted = 0;

  /** `spell` gives a path inside the inbound as the author has spelled it. */
  constructor(private readonly spell: (path: Path) => Path) {}

  problem(path: Path, message: string): void {
    this.add(this.textOf(path), message);
  }

  /** Something that stands beside the inbound. */
  problemBeside(field: Beside, message: string): void {
    this.add(field, message);
  }

  warning(path: Path, message: string): void {
    this.warnings.push({ path: this.textOf(path), message });
  }

  warningBeside(field: Beside, message: string): void {
    this.warnings.push({ path: field, message });
  }

  /** Whether something is wrong at the place itself, so that nothing can be concluded from its value. */
  has(path: Path): boolean {
    return this.seen.has(this.textOf(path));
  }

  finish(): { problems: ConfigProblem[]; warnings: ConfigProblem[] } {
    const rest = { path: 'inbound', message: `has ${this.unlisted} more problems` };
    return { problems: this.unlisted > 0 ? [...this.problems, rest] : this.problems, warnings: this.warnings };
  }

  private add(path: string, message: string): void {
    if (this.seen.has(path)) return;
    this.seen.add(path);
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ path, message });
    else this.unlisted += 1;
  }

  private textOf(path: Path): string {
    return ['inbound', ...this.spell(path)].map(printable).join('.');
  }
}

/** A key can be anything; what is shown of it can be printed and stored. */
const printable = (key: PropertyKey): string =>
  String(key)
    .slice(0, LONGEST_KEY)
    .replaceAll(/[\p{Control}\p{Surrogate}]/gu, '\u{FFFD}');
