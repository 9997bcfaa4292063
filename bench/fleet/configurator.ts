import { NodeConfiguration } from './node-configuration.js';
import type { ApplyConfig, ApplyUsers } from './operations.js';

/** Configurations are large, and the fleet is never more than a few changes apart. */
const MOST_REMEMBERED = 8;

interface Remembered {
  from: NodeConfiguration | undefined;
  /** The document itself for a whole one, the text of the change for users. */
  change: unknown;
  result: NodeConfiguration;
}

/**
 * What a command makes of a configuration. Shared by the fleet: from the same configuration the same change leads to the
 * same one, so it is worked out for the first agent and remembered for the others. Each node of a real fleet has a
 * processor of its own to do that with.
 */
export class Configurator {
  private remembered: Remembered[] = [];

  /** Throws, in words for the panel, when the command does not fit. */
  apply(current: NodeConfiguration | undefined, action: ApplyConfig | ApplyUsers): NodeConfiguration {
    const next = action.__typename === 'ApplyConfig' ? this.whole(action) : this.users(current, action);
    if (next.revision !== action.revision) throw new Error(`This makes ${next.revision}, not ${action.revision}`);
    // Equal content is one object, by whatever way an agent has come to it.
    return this.remembered.find(({ result }) => result.revision === next.revision)?.result ?? next;
  }

  private whole({ config }: ApplyConfig): NodeConfiguration {
    return this.remember(undefined, config, () => NodeConfiguration.from(config));
  }

  private users(current: NodeConfiguration | undefined, { baseRevision, add, remove }: ApplyUsers): NodeConfiguration {
    if (!current || current.revision !== baseRevision)
      throw new Error(`The node is at ${current?.revision ?? 'no revision'}, not at ${baseRevision}`);
    return this.remember(current, JSON.stringify([add, remove]), () => current.changed(add, remove));
  }

  private remember(
    from: NodeConfiguration | undefined,
    change: unknown,
    make: () => NodeConfiguration,
  ): NodeConfiguration {
    const known = this.remembered.find((entry) => entry.from === from && entry.change === change);
    if (known) return known.result;
    const result = make();
    this.remembered = [{ from, change, result }, ...this.remembered.slice(0, MOST_REMEMBERED - 1)];
    return result;
  }
}
