/** "user-" and 100 give user-001 to user-100: all numbers as long as the last, but at least three digits. */
export function nameSeries(prefix: string, count: number, from = 1): string[] {
  const digits = Math.max(3, String(from + count - 1).length);
  return Array.from({ length: count }, (_, index) => prefix + String(from + index).padStart(digits, '0'));
}
