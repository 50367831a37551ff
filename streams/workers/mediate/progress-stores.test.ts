import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FileProgress } from '../../../processors/mediation/file-progress.ts';
import { newFileProgress } from '../../../processors/mediation/file-progress.ts';
import { createHeldStore, createProgressStore, ProgressStores } from './progress-stores.ts';

const position = fc.nat({ max: 2 ** 40 });
const progress: fc.Arbitrary<FileProgress> = fc.record({
  nextRecordNumber: fc.integer({ min: 1, max: 2 ** 40 }),
  bytePosition: position,
  contentSeen: fc.boolean(),
  pieces: fc.nat(100),
  finished: fc.boolean(),
  held: fc
    .tuple(fc.constantFrom(0, 1, 1023, 1024, 1025, 2048, 65_536), fc.nat(255))
    .map(([length, byte]) => Buffer.alloc(length, byte)),
  heldRecordNumber: position,
  heldBytePosition: position,
  heldTooLong: position,
});
const plain = progress.map((value): FileProgress => ({ ...value }));
const step = fc.record({
  file: fc.constantFrom('00'.repeat(16), '01'.repeat(16), 'ff'.repeat(16)),
  progress: plain,
  end: fc.constantFrom('none', 'commit', 'rollback', 'restart'),
});

test('progress comes back as it was saved, over commits, rollbacks and restarts', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let files = createProgressStore();
      let held = createHeldStore();
      let stores = new ProgressStores(files, held);
      let model = new Map<string, FileProgress>();
      let committed = new Map<string, FileProgress>();
      for (const one of steps) {
        stores.save(one.file, one.progress);
        model.set(one.file, one.progress);
        if (one.end === 'rollback') {
          files.rollback();
          held.rollback();
          model = new Map(committed);
        } else if (one.end !== 'none') {
          files.commit();
          held.commit();
          committed = new Map(model);
        }
        if (one.end === 'restart') {
          const [newFiles, newHeld] = [createProgressStore(), createHeldStore()];
          newFiles.restore(files.snapshot());
          newHeld.restore(held.snapshot());
          [files, held] = [newFiles, newHeld];
          stores = new ProgressStores(files, held);
        }
        for (const file of ['00'.repeat(16), '01'.repeat(16), 'ff'.repeat(16)])
          assert.deepEqual(stores.load(file), model.get(file) ?? newFileProgress());
        const pieces = [...model.values()].reduce(
          (sum, { held: line }) => sum + Math.ceil(line.length / 1024),
          0,
        );
        assert.equal(held.size, pieces, 'nothing is left of lines that were released');
      }
    }),
    { numRuns: 60 },
  );
});
