/** Time as a parameter: pure decisions never ask the machine what time it is. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };
