import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ByteKeyIndex } from './byte-key-index.ts';

test('an index behaves like a map from tag and bytes to the order of first addition', () => {
  const keys = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.string({ maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(keys, { maxLength: 3000 }), fc.array(keys), (added, asked) => {
      const index = new ByteKeyIndex();
      const model = new Map<string, number>();
      for (const [tag, text] of added) {
        const name = `${tag} ${text}`;
        if (!model.has(name)) model.set(name, model.size);
        assert.equal(index.addText(tag, text), model.get(name));
      }
      assert.equal(index.count, model.size);
      for (const [tag, text] of [...added, ...asked]) {
        const bytes = Buffer.from(`<${text}>`);
        assert.equal(index.find(tag, bytes, 1, bytes.length - 1), model.get(`${tag} ${text}`) ?? -1);
      }
    }),
    { numRuns: 30 },
  );
});

test('keys are found after many growths, and their text is kept', () => {
  const index = new ByteKeyIndex();
  const count = 50_000;
  for (let number = 0; number < count; number++) assert.equal(index.addText(7, `+44${number}`), number);
  for (let number = 0; number < count; number++) {
    const bytes = Buffer.from(`+44${number}`);
    assert.equal(index.find(7, bytes, 0, bytes.length), number);
    assert.equal(index.find(8, bytes, 0, bytes.length), -1);
  }
  assert.equal(index.text(count - 1), `+44${count - 1}`);
});
