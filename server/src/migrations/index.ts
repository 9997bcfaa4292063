import { WalkingSkeleton1764000000000 } from './1764000000000-walking-skeleton.js';
import { UsersAndConfiguration1765000000000 } from './1765000000000-users-and-configuration.js';
import { Health1766000000000 } from './1766000000000-health.js';
import { Alerts1766100000000 } from './1766100000000-alerts.js';

/** In the order in which they run. A migration that was released is never edited: a new one follows it. */
export const migrations = [
  WalkingSkeleton1764000000000,
  UsersAndConfiguration1765000000000,
  Health1766000000000,
  Alerts1766100000000,
];
