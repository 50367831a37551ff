import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generateAll, generatedFolder } from './generator/generate.ts';

test('the committed codecs should be what the generator makes of the contracts', () => {
  for (const [name, text] of generateAll()) {
    assert.equal(readFileSync(join(generatedFolder, name), 'utf8'), text, `${name}: run npm run generate`);
  }
});
