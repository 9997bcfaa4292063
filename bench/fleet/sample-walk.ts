import type { Sample } from './operations.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Local time at which most people are online. */
const PEAK_HOUR = 21;
/** Seconds after which a deviation has faded to a third. */
const MEMORY_OF_NOISE_SECONDS = 600;

export interface LoadProfile {
  /** Degrees east: people of a place are awake by their own clock. */
  longitude: number;
  /** Users online at the busiest hour. */
  users: number;
  /** Share of the cores in use at that hour. */
  busiestCpu: number;
  /** Share of the cores that is in use whatever the hour. */
  leastCpu: number;
  cores: number;
  disk: number;
}

export const randomProfile = (longitude = 0): LoadProfile => ({
  longitude,
  users: Math.round(40 + 400 * Math.random() ** 2),
  busiestCpu: 0.25 + 0.4 * Math.random(),
  leastCpu: 0.02,
  cores: [1, 2, 4, 8][Math.floor(Math.random() * 4)] ?? 2,
  disk: 0.1 + 0.5 * Math.random(),
});

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** How a node is over time: a daily wave by local time, and a random walk that always comes back to it. */
export class SampleWalk {
  /** Deviation from the wave: about -1 to 1. */
  private noise = 0;
  private lastAt = 0;

  constructor(readonly profile: LoadProfile) {}

  /** Values of one moment; moments have to be asked for in order. */
  next(at: Date): Omit<Sample, 'xrayState' | 'xrayVersion' | 'xrayStartedAt' | 'configRevision'> {
    const { users, busiestCpu, leastCpu, cores, disk } = this.profile;
    this.wander(at.getTime());
    const activity = clamp(this.wave(at.getTime()) * (1 + 0.35 * this.noise), 0.02, 1.2);
    const onlineUsers = Math.round(users * activity);
    const cpu = clamp(leastCpu + busiestCpu * activity + 0.03 * Math.random(), 0, 1);
    const downlinkRate = onlineUsers * 55_000 * (0.8 + 0.4 * Math.random());
    return {
      at: at.toISOString(),
      cpu: round(cpu),
      memory: round(clamp(0.22 + 0.35 * activity + 0.02 * this.noise, 0, 1)),
      disk: round(disk),
      loadAverage: round(cpu * cores * (0.9 + 0.2 * Math.random())),
      // A proxy sends on what it receives, so the two differ by the requests of its users only.
      uplinkRate: Math.round(downlinkRate * 1.06),
      downlinkRate: Math.round(downlinkRate),
      connections: Math.round(onlineUsers * (3.2 + Math.random())),
      onlineUsers,
    };
  }

  /** 0.15 at the quietest hour to 1 at the busiest. */
  private wave(time: number): number {
    const localHour = ((time % DAY_MS) / HOUR_MS + this.profile.longitude / 15 + 24) % 24;
    return 0.575 + 0.425 * Math.cos(((localHour - PEAK_HOUR) / 24) * 2 * Math.PI);
  }

  private wander(time: number): void {
    const seconds = this.lastAt === 0 ? MEMORY_OF_NOISE_SECONDS : Math.max(0, time - this.lastAt) / 1_000;
    this.lastAt = time;
    const kept = Math.exp(-seconds / MEMORY_OF_NOISE_SECONDS);
    this.noise = kept * this.noise + Math.sqrt(1 - kept * kept) * (Math.random() * 2 - 1);
  }
}
