import { RateGate } from './rate-gate.js';

const MOST_SOURCES = 20_000;

/** A rate gate for each source address; bounded, the sources that were silent longest are forgotten first. */
export class SourceGates {
  private readonly gates = new Map<string, RateGate>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {}

  admit(address: string, nowMs: number): boolean {
    const source = sourceOf(address);
    const gate = this.gates.get(source) ?? new RateGate(this.perSecond, this.burst, nowMs);
    // Deleted first, so that the Map stays in the order of the newest use.
    this.gates.delete(source);
    this.gates.set(source, gate);
    if (this.gates.size > MOST_SOURCES) this.gates.delete(this.gates.keys().next().value!);
    return gate.admit(nowMs);
  }
}

/** Whoever has an IPv6 address has 2^64 of them: the network counts (RFC 4291, 2.5.4). IPv4 addresses count one by one. */
export function sourceOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...after].slice(0, 4).join(':');
}
