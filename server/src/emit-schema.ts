import { writeFileSync } from 'node:fs';
import { printSchema } from 'graphql';
import { wholeSchema } from './app.js';

/** `node server/dist/emit-schema.js <file>`: the whole schema as the code declares it. */
const [file] = process.argv.slice(2);
const text = `${printSchema(wholeSchema())}\n`;
if (file) writeFileSync(file, text);
else process.stdout.write(text);
