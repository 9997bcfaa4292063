import { RateGate } from './rate-gate.js';

const MOST_SOURCES = 20_000;

/** A rate gate for each source address; bounded, the sources that were silent longest are forgotten first. */
export class SourceGates {
  private readonly gates = new Map<string, RateGate>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {}

  admit(source: string, nowMs: number): boolean {
    const gate = this.gates.get(source) ?? new RateGate(this.perSecond, this.burst, nowMs);
    // Deleted first, so that the Map stays in the order of the newest use.
    this.gates.delete(source);
    this.gates.set(source, gate);
    if (this.gates.size > MOST_SOURCES) this.gates.delete(this.gates.keys().next().value!);
    return gate.admit(nowMs);
  }
}
