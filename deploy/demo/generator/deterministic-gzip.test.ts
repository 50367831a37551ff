import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { deterministicGzip } from './deterministic-gzip.ts';

test('should be read back by zlib, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
      assert.deepEqual(gunzipSync(deterministicGzip(Buffer.from(bytes))), Buffer.from(bytes));
    }),
  );
});

test('should be read back by zlib when the bytes repeat at every distance', () => {
  const words = fc.array(fc.constantFrom('abcd', 'VOICE,', '+4479', 'x'.repeat(300), 'é'), {
    maxLength: 2000,
  });
  fc.assert(
    fc.property(words, fc.nat(40_000), (parts, gap) => {
      const input = Buffer.from(`${parts.join('')}${'.'.repeat(gap)}${parts.join('')}`);
      assert.deepEqual(gunzipSync(deterministicGzip(input)), input);
    }),
    { numRuns: 60 },
  );
});

test('should make text that repeats itself much smaller', () => {
  const input = Buffer.from('V,16,+447911234567,+442079460000,05/10/2026,08:00:00\n'.repeat(1000));
  assert.ok(deterministicGzip(input).length < input.length / 10);
});
