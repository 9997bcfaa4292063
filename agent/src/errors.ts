/** sysexits.h EX_CONFIG: starting again without a change by the operator cannot help; systemd is told not to. */
export const EXIT_CONFIG = 78;

/** Something the operator has to be told in plain words; ends the agent with this exit code and without a stack. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';

  constructor(
    message: string,
    readonly exitCode: number = EXIT_CONFIG,
  ) {
    super(message);
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of a system error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
