/**
 * Runs every step, also after one has failed, and tells each result as it comes. A step is `{ name, run }`; `run`
 * throws to fail, and may answer a remark such as why it had nothing to do.
 */
export async function runSteps(steps, { print = console.log, clock = () => performance.now() } = {}) {
  const failed = [];
  for (const { name, run } of steps) {
    const startedAt = clock();
    const seconds = () => `${((clock() - startedAt) / 1000).toFixed(1)} s`;
    try {
      const remark = await run();
      print(`ok    ${name} (${seconds()})${remark ? ` ${remark}` : ''}`);
    } catch (error) {
      failed.push(name);
      print(`FAIL  ${name} (${seconds()})`);
      print(
        indent(error.output?.trim() || (error.name === 'Problem' ? error.message : (error.stack ?? String(error)))),
      );
    }
  }
  print(
    failed.length === 0
      ? `\n${steps.length} checks passed`
      : `\n${failed.length} of ${steps.length} checks failed: ${failed.join(', ')}`,
  );
  return failed;
}

const indent = (text) => text.replaceAll(/^/gm, '      ');
