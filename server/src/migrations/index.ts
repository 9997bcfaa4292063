import { WalkingSkeleton1764000000000 } from './1764000000000-walking-skeleton.js';

/** In the order in which they run. A migration that was released is never edited: a new one follows it. */
export const migrations = [WalkingSkeleton1764000000000];
