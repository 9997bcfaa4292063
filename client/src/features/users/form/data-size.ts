import { latinDigits } from '../../../i18n/to-number';

/** Powers of 1,024: the panels that users come from count so, also where they write GB. */
export const SIZE_UNITS = ['MiB', 'GiB', 'TiB'] as const;
export type SizeUnit = (typeof SIZE_UNITS)[number];

const POWERS: Record<string, number> = { '': 0, k: 1, m: 2, g: 3, t: 4, p: 5 };
/** The panel counts in signed 64 bits. */
const MOST_BYTES = 2n ** 63n - 1n;

/** "10GB", "1.5 TiB", "500 m" or plain bytes, 1 or more. Undefined when it is nothing of that kind. */
export function parseSize(text: string): bigint | undefined {
  const [, amount = '', prefix = ''] =
    /^(\d+(?:\.\d+)?)\s*([kmgtp]?)(?:i?b|bytes?)?$/i.exec(latinDigits(text.trim())) ?? [];
  const power = POWERS[prefix.toLowerCase()] ?? 0;
  if (!amount || (power === 0 && amount.includes('.'))) return undefined;
  const bytes = scale(amount, 1_024n ** BigInt(power));
  return bytes >= 1n && bytes <= MOST_BYTES ? bytes : undefined;
}

/** Exact also where floating point would not be. */
function scale(amount: string, factor: bigint): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const divisor = 10n ** BigInt(fraction.length);
  return (BigInt(whole + fraction) * factor + divisor / 2n) / divisor;
}

/** For a form: the largest unit in which the number stays short. */
export function splitSize(bytes: string): { amount: string; unit: SizeUnit } {
  const value = Number(bytes);
  const unit = SIZE_UNITS.findLast((candidate) => value >= Number(parseSize(`1${candidate}`))) ?? 'MiB';
  const amount = value / Number(parseSize(`1${unit}`));
  return { amount: String(Number(amount.toFixed(3))), unit };
}
