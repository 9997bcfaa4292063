export interface Xray {
  path: string;
  version: string;
}

interface Options {
  /** Gets each line of progress; by default they go to standard error. */
  report?: (line: string) => void;
}

export function findXray(options?: Options): Promise<Xray | undefined>;
export function ensureXray(options?: Options): Promise<Xray>;
