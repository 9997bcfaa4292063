export * from './contract';
export { RegistryProvider, useRegistry } from './context';
export { createRegistry, type Registry } from './registry';
export { Slot } from './slot';
export { Page, usePageTitle } from './page';
