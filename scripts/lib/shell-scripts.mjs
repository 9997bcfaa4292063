import { readFileSync } from 'node:fs';

/** The shell that a file is written for, or undefined when it is no shell script. */
export function shellOf(path, firstLine = readFirstLine(path)) {
  const interpreter = /^#!\s*(?:\/usr\/bin\/env\s+|\/(?:usr\/)?bin\/)(sh|dash|bash)\b/.exec(firstLine)?.[1];
  if (interpreter) return interpreter === 'bash' ? 'bash' : 'sh';
  return path.endsWith('.sh') ? 'sh' : undefined;
}

function readFirstLine(path) {
  const text = readFileSync(path, 'latin1');
  return text.slice(0, Math.max(text.indexOf('\n'), 0));
}
