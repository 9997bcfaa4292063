import type { DataSource } from 'typeorm';
import { badInput, type FieldProblem } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import type { ConfigChanges } from '../sync/index.js';
import { Settings, type UpdateSettingsInput } from './settings.js';

const RANGES = {
  metricsIntervalSeconds: [1, 300],
  trafficIntervalSeconds: [5, 300],
  metricsRetentionDays: [1, 30],
  subscriptionUpdateHours: [1, 168],
  healthCheckIntervalSeconds: [5, 3_600],
  healthCheckTimeoutSeconds: [1, 30],
  unhealthyAfter: [1, 10],
  healthyAfter: [1, 10],
  healthRetentionDays: [1, 365],
} as const;

const TITLE = /^[^\p{Cc}]{1,64}$/u;

type Changes = Partial<Pick<Settings, keyof UpdateSettingsInput>>;

/** Throws BAD_USER_INPUT with every wrong field. */
function validate(input: UpdateSettingsInput): Changes {
  const changes: Changes = {};
  const problems: FieldProblem[] = [];
  for (const [field, [least, most]] of Object.entries(RANGES) as [keyof typeof RANGES, readonly [number, number]][]) {
    const value = input[field];
    if (value === undefined) continue;
    if (value === null || value < least || value > most) {
      problems.push({ path: field, message: `must be ${least} to ${most}` });
    } else {
      changes[field] = value;
    }
  }
  const { subscriptionTitle: title, allowPrivateTargets } = input;
  if (title !== undefined) {
    if (title === null || !TITLE.test(title)) {
      problems.push({ path: 'subscriptionTitle', message: 'must be 1 to 64 characters of one line' });
    } else changes.subscriptionTitle = title;
  }
  if (allowPrivateTargets === null) problems.push({ path: 'allowPrivateTargets', message: 'must be true or false' });
  else if (allowPrivateTargets !== undefined) changes.allowPrivateTargets = allowPrivateTargets;
  if (problems.length > 0) throw badInput(problems);
  return changes;
}

/** Every agent that connects needs the settings: they are kept until a change is announced, also by another panel. */
export class SettingsService {
  private known: Promise<Settings> | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
    private readonly changes: ConfigChanges,
  ) {
    events.on('settingsChanged', () => (this.known = undefined));
  }

  read(): Promise<Settings> {
    this.known ??= this.load();
    return this.known;
  }

  private async load(): Promise<Settings> {
    try {
      return await this.db.getRepository(Settings).findOneByOrFail({ id: 1 });
    } catch (error) {
      this.known = undefined;
      throw error;
    }
  }

  /** Acts at once: connected agents are told, the others hear of it when they connect. */
  async update(input: UpdateSettingsInput): Promise<Settings> {
    const changes = validate(input);
    if (Object.keys(changes).length > 0) {
      await this.store(changes);
      this.events.publish('settingsChanged', {});
      this.events.publish('agentPoked', { nodeId: null });
    }
    return this.read();
  }

  private async store(changes: Changes): Promise<void> {
    await this.db.transaction(async (manager) => {
      const version = changes.allowPrivateTargets === undefined ? undefined : await this.changes.begin(manager);
      await manager.getRepository(Settings).update(1, changes);
      if (version !== undefined) await this.changes.mark(manager, version, 'structure', { all: true });
    });
    if (changes.allowPrivateTargets !== undefined) this.changes.announce();
  }
}
