/** Runs a script's main function: an expected failure is one line, not a stack; its answer is the exit code. */
export async function runScript(main) {
  try {
    const code = await main(process.argv.slice(2));
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    const expected = error?.name === 'CommandFailed' || error?.name === 'Problem';
    console.error(expected ? error.message : error);
    process.exitCode = 1;
  }
}

/** A failure that the reader can do something about; its message says what. */
export class Problem extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'Problem';
  }
}
