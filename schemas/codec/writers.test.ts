import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Write } from './batch-writer.ts';
import { codecs } from './codecs.ts';
import * as writers from './generated/writers.ts';
import { anyRecord, contracts, referenceType, toOurs } from './testing/reference.ts';

type Value = Record<string, unknown>;
const write = (name: string): Write<Value> => (writers as unknown as Record<string, Write<Value>>)[name]!;
const out = Buffer.alloc(1 << 20);

for (const { schema } of codecs.writers) {
  test(`the writer of ${schema} should write the bytes that avsc writes`, () => {
    const record = contracts.get(schema)!;
    fc.assert(
      fc.property(anyRecord(record), fc.nat({ max: 9 }), (value, position) => {
        const end = write(`write${schema}`)(out, position, toOurs(record, value));
        assert.deepEqual(out.subarray(position, end), referenceType(schema).toBuffer(value));
      }),
    );
  });
}
