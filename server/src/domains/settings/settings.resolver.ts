import { Arg, Authorized, Mutation, Query, Resolver } from 'type-graphql';
import { ApiScope } from '../access/index.js';
import { Settings, SettingsPayload, UpdateSettingsInput } from './settings.js';
import type { SettingsService } from './settings.service.js';

@Resolver(() => Settings)
export class SettingsResolver {
  constructor(private readonly service: SettingsService) {}

  @Authorized(ApiScope.NODES_READ)
  @Query(() => Settings, { description: 'The settings in force.' })
  settings(): Promise<Settings> {
    return this.service.read();
  }

  @Authorized(ApiScope.SETTINGS_WRITE)
  @Mutation(() => SettingsPayload, { description: 'Changes settings; they act at once, nothing is restarted.' })
  async updateSettings(@Arg('input', () => UpdateSettingsInput) input: UpdateSettingsInput): Promise<SettingsPayload> {
    return { settings: await this.service.update(input) };
  }
}
