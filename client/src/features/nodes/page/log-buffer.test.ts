import { expect, it } from 'vitest';
import { LogBuffer, matches, MOST_LINES, type Line, toText } from './log-buffer';

const line = (second: number, text: string, source: Line['source'] = 'XRAY'): Line => ({
  at: `2026-01-01T00:00:${String(second).padStart(2, '0')}Z`,
  source,
  text,
});
const texts = (buffer: LogBuffer) => buffer.lines.map(({ text }) => text);

it('[R9.2] shows a line once that was both loaded and streamed', () => {
  const buffer = new LogBuffer();
  buffer.append([line(2, 'second'), line(3, 'third')]);
  buffer.load([line(1, 'first'), line(2, 'second')]);
  expect(texts(buffer)).toEqual(['first', 'second', 'third']);
});

it('keeps the newest lines only', () => {
  const buffer = new LogBuffer();
  buffer.append(Array.from({ length: MOST_LINES + 5 }, (_, index) => line(1, `line ${index}`)));
  expect(buffer.lines).toHaveLength(MOST_LINES);
  expect(buffer.lines[0]?.text).toBe('line 5');
});

it('filters by source and by text, whatever the case', () => {
  expect(matches(line(1, 'Started', 'AGENT'), 'ALL', 'sTART')).toBe(true);
  expect(matches(line(1, 'Started', 'AGENT'), 'XRAY', '')).toBe(false);
});

it('is copied as plain lines', () => {
  expect(toText([line(1, 'hello', 'AGENT')])).toBe('2026-01-01T00:00:01Z agent hello\n');
});
