export interface Figure {
  bench: string;
  figure: string;
  value: number;
  unit: string;
  /** What the value stands beside, measured in the same run. */
  comparedWith?: string;
  comparedValue?: number;
  note?: string;
}

/** One line of JSON on stdout for programs, one sentence on stderr for people. */
export function printFigure({ bench, figure, value, unit, comparedWith, comparedValue, note }: Figure): void {
  const ratio = comparedValue === undefined || comparedValue === 0 ? undefined : value / comparedValue;
  const line = {
    bench,
    figure,
    value: round(value),
    unit,
    ...(comparedWith !== undefined && { comparedWith }),
    ...(comparedValue !== undefined && { comparedValue: round(comparedValue) }),
    ...(ratio !== undefined && { ratio: round(ratio) }),
    ...(note !== undefined && { note }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  const beside = comparedValue === undefined ? '' : `; ${comparedWith ?? 'compared'}: ${round(comparedValue)}`;
  progress(`${figure}: ${round(value)} ${unit}${beside}`);
}

export function progress(message: string): void {
  process.stderr.write(`  ${message}\n`);
}

/** Four digits that count; a measurement knows no more. JSON has no NaN, so what was not measured is null. */
function round(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(4)) : null;
}
