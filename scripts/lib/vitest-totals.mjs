/**
 * What a vitest JSON report says, as `{ passed, failed, skipped }`. A file that could not even be loaded has no tests
 * in it, and counts as one that failed.
 */
export function totalsOf(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

export function addTotals(all) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const totals of all) for (const key of Object.keys(sum)) sum[key] += totals[key];
  return sum;
}

export function totalsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A skipped test proves nothing, so it fails the run; so does a run without any test. */
export const isSuccess = ({ passed, failed, skipped }) => passed > 0 && failed === 0 && skipped === 0;
