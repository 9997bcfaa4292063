/** The same text with Persian and Arabic digits written as Latin ones. */
export const latinDigits = (text: string): string =>
  text
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0))
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace('٫', '.');

/** Also in Persian and Arabic digits. */
export function toNumber(text: string): number | undefined {
  const latin = latinDigits(text.trim());
  if (!latin) return undefined;
  const value = Number(latin);
  return Number.isFinite(value) ? value : undefined;
}
