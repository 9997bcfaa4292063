import { DataDir } from '../../platform/data-dir.js';

// Opens the folders `<base>0` to `<base><n-1>`, each at its own moment, together with others that were told the same.
const [base = '', rounds = '', startAt = '', everyMs = ''] = process.argv.slice(2);
const won: number[] = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const moment = Number(startAt) + round * Number(everyMs);
  while (Date.now() < moment) continue;
  try {
    DataDir.open(`${base}${round}`);
    won.push(round);
  } catch (error) {
    if (!/is at work in/.test((error as Error).message)) process.stdout.write(`${(error as Error).message}\n`);
  }
}
process.stdout.write(`won ${JSON.stringify(won)}\n`);
// A lock is held by a process that lives.
process.stdin.resume();
