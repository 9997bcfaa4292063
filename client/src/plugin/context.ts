import { createContext, use } from 'react';
import { createRegistry, type Registry } from './registry';

const Context = createContext<Registry>(createRegistry([]));

export const RegistryProvider = Context.Provider;
export const useRegistry = () => use(Context);
