import type { MetricSampleInput } from '../gql/graphql.js';

/** An hour of samples at the default interval, and the most that one report may carry. */
const CAPACITY = 360;

/** Samples that the panel has not acknowledged; when it is away for long the oldest are given up first. */
export class MetricOutbox {
  private samples: MetricSampleInput[] = [];

  add(sample: MetricSampleInput): void {
    this.samples.push(sample);
    if (this.samples.length > CAPACITY) this.samples.shift();
  }

  /** Oldest first. They stay here until `delivered`. */
  pending(): MetricSampleInput[] {
    return [...this.samples];
  }

  delivered(samples: MetricSampleInput[]): void {
    const gone = new Set(samples);
    this.samples = this.samples.filter((sample) => !gone.has(sample));
  }
}
