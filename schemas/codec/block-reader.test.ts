import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodedLong, readLong } from './avro-reader.ts';
import { BlockReader, ItemList, skipArray } from './block-reader.ts';
import { CodecError } from './codec-error.ts';
import { referenceVarint } from './testing/reference.ts';

interface Block {
  readonly items: readonly number[];
  readonly sized: boolean;
}
const anyBlocks = fc.array(
  fc.record({ items: fc.array(fc.integer(), { minLength: 1, maxLength: 9 }), sized: fc.boolean() }),
);
const varint = (value: number): Buffer => referenceVarint(BigInt(value));

/** The array as blocks, with or without byte sizes; `lie` is added to each size. */
function encode(blocks: readonly Block[], lie = 0): Buffer {
  const parts = blocks.map(({ items, sized }) => {
    const body = Buffer.concat(items.map(varint));
    return sized
      ? Buffer.concat([varint(-items.length), varint(body.length + lie), body])
      : Buffer.concat([varint(items.length), body]);
  });
  return Buffer.concat([...parts, varint(0)]);
}

function walk(bytes: Buffer): { items: number[]; end: number } {
  const reader = new BlockReader();
  const items: number[] = [];
  reader.open(bytes, 0);
  while (reader.hasNext()) {
    reader.position = readLong(bytes, reader.position);
    items.push(decodedLong[0]!);
  }
  assert.equal(reader.hasNext(), false, 'the end is an end');
  return { items, end: reader.position };
}

class LongItem {
  value = 0;
  decode(buffer: Buffer, position: number): number {
    const end = readLong(buffer, position);
    this.value = decodedLong[0]!;
    return end;
  }
}

test('an array in any number of blocks, with and without byte sizes, should be walked, skipped and loaded alike', () => {
  const list = new ItemList(() => new LongItem());
  fc.assert(
    fc.property(anyBlocks, fc.uint8Array({ maxLength: 5 }), (blocks, behind) => {
      const array = encode(blocks);
      const bytes = Buffer.concat([array, behind]);
      const items = blocks.flatMap((block) => block.items);
      assert.deepEqual(walk(bytes), { items, end: array.length });
      assert.equal(skipArray(bytes, 0, readLong), array.length);
      assert.equal(list.load(bytes, 0), array.length);
      assert.deepEqual(
        list.items.slice(0, list.count).map(({ value }) => value),
        items,
      );
    }),
  );
});

test('a block whose byte size is wrong should be refused', () => {
  fc.assert(
    fc.property(anyBlocks, fc.integer({ min: -3, max: 3 }), (blocks, lie) => {
      fc.pre(lie !== 0 && blocks.some(({ sized }) => sized));
      const bytes = encode(blocks, lie);
      assert.throws(() => walk(bytes), CodecError);
      assert.throws(() => skipArray(bytes, 0, readLong), CodecError);
    }),
  );
});

test('a count far beyond the bytes should end at the end of the buffer', () => {
  for (const count of [2n ** 52n, -(2n ** 52n), 2n ** 60n]) {
    const bytes = Buffer.concat([referenceVarint(count), Buffer.alloc(40, 2)]);
    assert.throws(() => walk(bytes), CodecError);
    assert.throws(() => skipArray(bytes, 0, readLong), CodecError);
  }
});
