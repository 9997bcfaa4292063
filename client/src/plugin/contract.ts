import type { ComponentType, LazyExoticComponent } from 'react';

/**
 * What a feature adds to the panel. Built-in features use this contract as well, so it is never a second-class way in.
 * A change that breaks plugins gets a new API version.
 */
export const API_VERSION = 1;

export interface Plugin {
  /** Lower case with dashes; ids of routes, tabs and commands need to be unique only inside their plugin. */
  id: string;
  version: string;
  apiVersion: typeof API_VERSION;
  routes?: readonly PluginRoute[];
  navItems?: readonly NavItem[];
  nodeTabs?: readonly NodeTab[];
  dashboardCards?: readonly DashboardCard[];
  commands?: readonly Command[];
  searches?: readonly Search[];
}

type Component<Props = object> = ComponentType<Props> | LazyExoticComponent<ComponentType<Props>>;
/** Asked for at each drawing, since the language may change. */
type Label = () => string;
type Icon = ComponentType<{ className?: string }>;

export interface PluginRoute {
  path: `/${string}`;
  component: Component;
  title: Label;
  /** `bare` pages are shown without the navigation, to people who are not signed in. */
  layout?: 'shell' | 'bare';
}

export type NavSection = 'cluster' | 'operate' | 'administer';

export interface NavItem {
  to: `/${string}`;
  label: Label;
  icon: Icon;
  section: NavSection;
  order?: number;
  /** A phone shows the few with the highest beside each other, the others behind "More"; 0 unless said. */
  priority?: number;
  /** The second key of the shortcut that begins with `g`. */
  goKey?: string;
  /** A hook: the number beside the label, undefined while it is not known. */
  useCount?: () => number | undefined;
}

export interface NodeTab {
  /** Also the last part of the tab's address; the first tab by order has none. */
  id: string;
  label: Label;
  order: number;
  /** Takes the height of the window and scrolls by itself. */
  fill?: boolean;
  component: Component<{ nodeId: string }>;
}

export interface DashboardCard {
  id: string;
  title: Label;
  order: number;
  component: Component;
}

export interface Command {
  id: string;
  label: Label;
  icon: Icon;
  run: (host: CommandHost) => void | Promise<void>;
}

export interface CommandHost {
  navigate: (to: string) => void;
}

/** Things that the command palette can find by asking the panel. */
export interface Search {
  id: string;
  heading: Label;
  /** Beside each result; that of a node unless said. */
  icon?: Icon;
  /** A hook, called with what was typed, trimmed and never empty. */
  useResults: (text: string) => { loading: boolean; results: readonly SearchResult[] };
}

export interface SearchResult {
  id: string;
  label: string;
  detail?: string;
  to: `/${string}`;
}

export function definePlugin<const P extends Plugin>(plugin: P): P {
  return plugin;
}
