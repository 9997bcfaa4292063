import { describe, expect, it } from 'vitest';
import { API_VERSION, definePlugin, type Plugin } from './contract';
import { assertPlugin, createRegistry } from './registry';

const Nothing = () => null;
const tab = (id: string, order: number) => ({ id, order, label: () => id, component: Nothing });
const plugin = (id: string, rest: Partial<Plugin> = {}): Plugin => ({
  id,
  version: '1.0.0',
  apiVersion: API_VERSION,
  ...rest,
});

describe('the plugin contract', () => {
  it('puts the tabs of all plugins in order', () => {
    const one = definePlugin(plugin('one', { nodeTabs: [tab('late', 30), tab('early', 10)] }));
    const two = definePlugin(plugin('two', { nodeTabs: [tab('middle', 20)] }));
    const tabs = createRegistry([one, two]).nodeTabs;
    expect(tabs.map(({ id, pluginId }) => `${pluginId}/${id}`)).toEqual(['one/early', 'two/middle', 'one/late']);
  });

  it('refuses two plugins of one id, and two routes of one path', () => {
    const route = { path: '/same', component: Nothing, title: () => '' } as const;
    expect(() => createRegistry([plugin('a'), plugin('a')])).toThrow('two of the plugin "a"');
    expect(() => createRegistry([plugin('a', { routes: [route] }), plugin('b', { routes: [route] })])).toThrow(
      'two of the route "/same"',
    );
  });

  it.each([
    [null, 'has to be an object'],
    [{ id: 'Bad Id' }, 'lower-case letters'],
    [{ id: 'future', apiVersion: 2 }, 'made for API version 2'],
    [{ id: 'lost', apiVersion: 1, routes: [{ path: 'relative' }] }, 'does not begin with "/"'],
  ])('refuses %o, which the compiler has not seen, with a reason', (value, reason) => {
    expect(() => assertPlugin(value)).toThrow(reason);
  });
});
