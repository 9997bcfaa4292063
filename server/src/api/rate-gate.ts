/** A token bucket: `perSecond` on average, `burst` at once. Time is a parameter, in milliseconds. */
export class RateGate {
  private tokens: number;
  private refilledAtMs: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    nowMs: number,
  ) {
    this.tokens = burst;
    this.refilledAtMs = nowMs;
  }

  /** Takes one token; false when there is none. */
  admit(nowMs: number): boolean {
    const gained = ((nowMs - this.refilledAtMs) / 1_000) * this.perSecond;
    this.tokens = Math.min(this.burst, this.tokens + Math.max(0, gained));
    this.refilledAtMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
