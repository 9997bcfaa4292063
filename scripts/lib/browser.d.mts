interface Options {
  /** Gets each line of progress; by default they go to standard error. */
  report?: (line: string) => void;
}

export function ensureBrowser(options?: Options): Promise<string>;
