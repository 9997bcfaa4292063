import { fileURLToPath } from 'node:url';

// This file lies two folders below bench/ when it is compiled: bench/dist/support.
export const fromRoot = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
