/** Whether all subscribers got the same events in the same order. Their frames are equal to the last byte. */
export class DeliveryCheck {
  private readonly frames: string[] = [];
  private readonly received: number[];
  private wrong = 0;

  constructor(subscribers: number) {
    this.received = Array.from<number>({ length: subscribers }).fill(0);
  }

  add(subscriber: number, frame: string): void {
    const index = this.received[subscriber] ?? 0;
    this.received[subscriber] = index + 1;
    if (index === this.frames.length) this.frames.push(frame);
    else if (this.frames[index] !== frame) this.wrong += 1;
  }

  get deliveries(): number {
    return this.received.reduce((sum, count) => sum + count, 0);
  }

  get events(): number {
    return this.frames.length;
  }

  /** Subscribers that missed something, plus frames that came in another order. */
  get gaps(): number {
    return this.received.filter((count) => count !== this.frames.length).length + this.wrong;
  }
}
