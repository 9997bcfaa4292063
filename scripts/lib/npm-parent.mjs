const CHECK_MS = 250;

/** Whoever started us; asked for at once, because npm may be ended while we still build. */
const PARENT = process.ppid;

/**
 * Calls back when npm, which has started us, was ended. npm hands a signal to the shell between us, which dies of it
 * without telling us: all that we see is another parent. Without npm a parent that goes away means nothing.
 * Answers a function that stops the watching.
 */
export function onNpmGone(callback) {
  if (!process.env.npm_lifecycle_event) return () => {};
  const timer = setInterval(() => {
    if (process.ppid === PARENT) return;
    clearInterval(timer);
    callback();
  }, CHECK_MS);
  return () => clearInterval(timer);
}
