import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateAll, generatedFolder } from './generate.ts';

mkdirSync(generatedFolder, { recursive: true });
for (const [name, text] of generateAll()) writeFileSync(join(generatedFolder, name), text);
