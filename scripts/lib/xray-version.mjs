/** From this release on the control API can listen on a unix socket, which the agent relies on. */
export const OLDEST_XRAY = '26.5.3';

/** The version in the first line of `xray version`, or undefined. */
export function parseXrayVersion(output) {
  const match = /^Xray (\d+)\.(\d+)\.(\d+) /.exec(output);
  return match ? match.slice(1).map(Number).join('.') : undefined;
}

export function isRecentEnough(version, oldest = OLDEST_XRAY) {
  const [have, need] = [version, oldest].map((text) => text.split('.').map(Number));
  const difference = have.map((part, index) => part - need[index]).find((part) => part !== 0) ?? 0;
  return difference >= 0;
}
