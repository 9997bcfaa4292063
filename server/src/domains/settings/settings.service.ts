import type { DataSource } from 'typeorm';
import { badInput } from '../../platform/errors.js';
import type { EventBus } from '../../platform/events/bus.js';
import { Settings, type UpdateSettingsInput } from './settings.js';

type SettableField = keyof UpdateSettingsInput;

const RANGES: Record<SettableField, [least: number, most: number]> = {
  metricsIntervalSeconds: [1, 300],
  trafficIntervalSeconds: [5, 300],
  metricsRetentionDays: [1, 30],
};

function validate(input: UpdateSettingsInput): Partial<Record<SettableField, number>> {
  const changes: Partial<Record<SettableField, number>> = {};
  const problems = [];
  for (const [field, [least, most]] of Object.entries(RANGES) as [SettableField, [number, number]][]) {
    const value = input[field];
    if (value === undefined) continue;
    if (value === null || value < least || value > most) {
      problems.push({ path: field, message: `must be ${least} to ${most}` });
    } else {
      changes[field] = value;
    }
  }
  if (problems.length > 0) throw badInput(problems);
  return changes;
}

/** Every agent that connects needs the settings: they are kept until a change is announced, also by another panel. */
export class SettingsService {
  private known: Promise<Settings> | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly events: EventBus,
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
      await this.db.getRepository(Settings).update(1, changes);
      this.events.publish('settingsChanged', {});
      this.events.publish('agentPoked', { nodeId: null });
    }
    return this.read();
  }
}
