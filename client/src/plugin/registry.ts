import { API_VERSION, type Plugin } from './contract';

export class PluginError extends Error {
  override name = 'PluginError';
}

/** All that the registered plugins add, each list in the order in which it is shown. */
export interface Registry {
  plugins: readonly Plugin[];
  routes: readonly Owned<'routes'>[];
  navItems: readonly Owned<'navItems'>[];
  nodeTabs: readonly Owned<'nodeTabs'>[];
  dashboardCards: readonly Owned<'dashboardCards'>[];
  commands: readonly Owned<'commands'>[];
  searches: readonly Owned<'searches'>[];
}

type Lists = Required<Omit<Plugin, 'id' | 'version' | 'apiVersion'>>;
/** An item knows its plugin, so that an error can name who made it. */
type Owned<K extends keyof Lists> = Lists[K][number] & { pluginId: string };

export function createRegistry(plugins: readonly Plugin[]): Registry {
  for (const plugin of plugins) assertPlugin(plugin);
  refuseDuplicates(
    'plugin',
    plugins.map(({ id }) => id),
  );

  const all = <K extends keyof Lists>(list: K): Owned<K>[] =>
    plugins.flatMap((plugin) => (plugin[list] ?? []).map((item) => ({ ...item, pluginId: plugin.id })));

  const registry: Registry = {
    plugins,
    routes: all('routes'),
    navItems: all('navItems').toSorted(byOrder),
    nodeTabs: all('nodeTabs').toSorted(byOrder),
    dashboardCards: all('dashboardCards').toSorted(byOrder),
    commands: all('commands'),
    searches: all('searches'),
  };
  refuseDuplicates(
    'route',
    registry.routes.map(({ path }) => path),
  );
  refuseDuplicates(
    'node tab',
    registry.nodeTabs.map(({ id }) => id),
  );
  return registry;
}

/** For plugins that come from elsewhere: the compiler has not seen them. */
export function assertPlugin(value: unknown): asserts value is Plugin {
  if (typeof value !== 'object' || value === null) throw new PluginError('A plugin has to be an object');
  const { id, apiVersion, routes } = value as Partial<Plugin>;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(id)) {
    throw new PluginError(`A plugin id has lower-case letters, digits and dashes, not ${JSON.stringify(id)}`);
  }
  if (apiVersion !== API_VERSION) {
    throw new PluginError(
      `Plugin "${id}" was made for API version ${String(apiVersion)}, this panel has ${API_VERSION}`,
    );
  }
  for (const { path } of routes ?? []) {
    if (!path.startsWith('/'))
      throw new PluginError(`Plugin "${id}" has a route that does not begin with "/": ${path}`);
  }
}

function byOrder(a: { order?: number }, b: { order?: number }): number {
  return (a.order ?? 100) - (b.order ?? 100);
}

function refuseDuplicates(what: string, ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new PluginError(`There are two of the ${what} "${twice}"`);
}
