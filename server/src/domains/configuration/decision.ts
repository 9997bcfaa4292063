import type { DesiredNode } from './desired-configs.js';

/** What is known of a node that has to be looked at. */
export interface NodeAt {
  appliedRevision: string | null;
  /** The newest change that what it runs accounts for; null when that is not known. */
  appliedVersion: string | null;
  appliedStructure: string | null;
  forceWhole: boolean;
}

/** SETTLED: it runs what it should. USERS: changes of users are enough. WHOLE: it needs everything. */
export type Step = 'SETTLED' | 'USERS' | 'WHOLE';

export function nextStep(at: NodeAt, desired: DesiredNode): Step {
  if (at.forceWhole) return 'WHOLE';
  if (at.appliedRevision === desired.config.revision) return 'SETTLED';
  const knowsRest =
    at.appliedRevision !== null && at.appliedVersion !== null && at.appliedStructure === desired.structure;
  return knowsRest ? 'USERS' : 'WHOLE';
}
