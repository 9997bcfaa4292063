/**
 * A long list that the panel gives out page by page, each page beginning where the one before ended (a cursor).
 *
 * The table asks for the rows that it shows. Pages around them are loaded and watched; a jump far ahead first walks over the
 * pages between, fetching only their cursors, which is cheap. Order and membership stay as they were loaded until `refresh`:
 * rows never move under the pointer.
 */
export interface Page<Row> {
  rows: readonly Row[];
  endCursor: string | null;
  hasNextPage: boolean;
  totalCount: number;
}

export interface PageSource<Row> {
  /** Calls back with the page now, and again whenever one of its rows changes. */
  watch(
    after: string | null,
    options: { fresh: boolean },
    onPage: (page: Page<Row>) => void,
    onError: (error: unknown) => void,
  ): () => void;
  /** Where the page that begins after the cursor ends. */
  skip(after: string | null): Promise<{ endCursor: string | null; hasNextPage: boolean }>;
}

export interface ListState<Row> {
  totalCount: number | undefined;
  rowAt: (index: number) => Row | undefined;
  loadedRows: () => Row[];
  error: unknown;
}

export const PAGE_SIZE = 100;
const AHEAD = 40;

export class PagedList<Row> {
  readonly #pages = new Map<number, { rows: readonly Row[]; stop: () => void }>();
  readonly #listeners = new Set<() => void>();
  /** Rows from before the last refresh, shown until their page is here again. */
  #leftovers = new Map<number, readonly Row[]>();
  /** `cursors[n]` is where page n begins. */
  #cursors: (string | null)[] = [null];
  #totalCount: number | undefined;
  #error: unknown;
  #wanted: [first: number, last: number] = [0, 0];
  #walking = false;
  #running = false;
  #fresh = false;
  #state: ListState<Row> = this.#snapshot();

  constructor(
    private readonly source: PageSource<Row>,
    private readonly pageSize = PAGE_SIZE,
  ) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): ListState<Row> => this.#state;

  start(): void {
    this.#running = true;
    this.#load();
  }

  /** Stops watching; what was loaded stays readable. */
  stop(): void {
    this.#running = false;
    for (const page of this.#pages.values()) page.stop();
    this.#pages.clear();
  }

  /** The rows that are on screen. */
  show(firstIndex: number, lastIndex: number): void {
    const last = Math.max(0, (this.#totalCount ?? 1) - 1);
    const first = Math.floor(Math.max(0, firstIndex - AHEAD) / this.pageSize);
    this.#wanted = [first, Math.floor(Math.min(last, lastIndex + AHEAD) / this.pageSize)];
    this.#load();
  }

  /** Reads everything anew; old rows stay until the new ones are there. */
  refresh(): void {
    this.#leftovers.clear();
    this.#dropFrom(0);
    this.#cursors = [null];
    this.#readAnew();
  }

  /** Reads what is shown anew from where it began: as cheap at the end of the list as at its beginning. */
  reread(): void {
    this.#dropFrom(0);
    this.#readAnew();
  }

  #readAnew(): void {
    this.#error = undefined;
    this.#fresh = true;
    this.#load();
  }

  /** Stops watching the page and those behind it; their rows are shown until they are here again. */
  #dropFrom(first: number): void {
    for (const [number, page] of this.#pages) {
      if (number < first) continue;
      page.stop();
      this.#pages.delete(number);
      this.#leftovers.set(number, page.rows);
    }
  }

  #load(): void {
    if (!this.#running) return;
    const [first, last] = this.#wanted;
    const needed = new Set(this.#totalCount === undefined || this.#fresh ? [0] : []);
    for (let page = first; page <= last; page += 1) needed.add(page);
    for (const page of needed) this.#watch(page);
    if (this.#cursors[first] === undefined) void this.#walk();
  }

  #watch(number: number): void {
    const after = this.#cursors[number];
    if (after === undefined || this.#pages.has(number)) return;
    const entry = { rows: this.#leftovers.get(number) ?? [], stop: () => {} };
    this.#pages.set(number, entry);
    const fresh = this.#fresh;
    entry.stop = this.source.watch(
      after,
      { fresh },
      (page) => {
        if (this.#pages.get(number) === entry) this.#accept(number, entry, page);
      },
      (error) => {
        if (this.#pages.get(number) !== entry) return;
        // Nothing may go on watching a failed page: whoever asks again would be told of the old failure at once.
        this.#pages.delete(number);
        entry.stop();
        this.#error = error;
        this.#publish();
      },
    );
    // The source may have failed before it said how to stop it.
    if (this.#pages.get(number) !== entry) entry.stop();
  }

  #accept(number: number, entry: { rows: readonly Row[] }, page: Page<Row>): void {
    entry.rows = page.rows;
    this.#leftovers.delete(number);
    this.#error = undefined;
    if (number === 0) this.#totalCount = page.totalCount;
    if (page.hasNextPage && page.endCursor !== null) this.#continueAt(number + 1, page.endCursor);
    this.#publish();
    this.#load();
  }

  /** A page that ends elsewhere than before moves the beginning of all that come after it. */
  #continueAt(number: number, cursor: string): void {
    if (this.#cursors[number] === cursor) return;
    this.#dropFrom(number);
    this.#cursors.length = number;
    this.#cursors[number] = cursor;
  }

  async #walk(): Promise<void> {
    if (this.#walking) return;
    this.#walking = true;
    const cursors = this.#cursors;
    try {
      while (this.#running && cursors === this.#cursors && cursors[this.#wanted[0]] === undefined) {
        const known = cursors.length - 1;
        const { endCursor, hasNextPage } = await this.source.skip(cursors[known] ?? null);
        if (cursors.length - 1 !== known) continue;
        if (!hasNextPage || endCursor === null) break;
        cursors[known + 1] = endCursor;
      }
    } catch (error) {
      this.#error = error;
      this.#publish();
    } finally {
      this.#walking = false;
    }
    const [first] = this.#wanted;
    if (cursors[first] !== undefined) this.#load();
  }

  #publish(): void {
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }

  #snapshot(): ListState<Row> {
    const pages = new Map([
      ...this.#leftovers,
      ...[...this.#pages].map(([number, { rows }]) => [number, rows] as const),
    ]);
    return {
      totalCount: this.#totalCount,
      error: this.#error,
      rowAt: (index) => pages.get(Math.floor(index / this.pageSize))?.[index % this.pageSize],
      loadedRows: () => [...pages.values()].flat(),
    };
  }
}
