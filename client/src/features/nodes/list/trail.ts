/** The latest values of one figure, a point every few seconds. */
export class Trail {
  static readonly EVERY_MS = 2_000;
  static readonly LENGTH = 60;

  #values: readonly number[] = [];
  #lastAt = -Infinity;
  readonly #listeners = new Set<() => void>();

  readonly values = () => this.#values;

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  add(value: number, now = Date.now()): void {
    const sameSlot = now - this.#lastAt < Trail.EVERY_MS;
    const kept = sameSlot ? this.#values.slice(0, -1) : this.#values;
    this.#values = [...kept, value].slice(-Trail.LENGTH);
    if (!sameSlot) this.#lastAt = now;
    for (const listener of this.#listeners) listener();
  }
}
