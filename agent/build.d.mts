export function buildAgent(outfile?: string): Promise<{ outfile: string }>;
