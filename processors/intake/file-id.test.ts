import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { fileId } from './file-id.ts';

const IDENTITY = {
  bucket: 'northwind',
  key: 'mediation/switch-1/VOICE/POSTPAID/input/cdr_20261101.csv',
  etag: 'ab'.repeat(32),
  length: 1234,
};

test('the file id is the first 16 bytes of sha256 over bucket, key, etag and length with NUL between them', () => {
  const text = `northwind\0${IDENTITY.key}\0${IDENTITY.etag}\x001234`;
  assert.equal(fileId(IDENTITY), createHash('sha256').update(text).digest('hex').slice(0, 32));
});

test('each part of the identity changes the file id', () => {
  const ids = [
    fileId(IDENTITY),
    fileId({ ...IDENTITY, bucket: 'x' }),
    fileId({ ...IDENTITY, key: 'x' }),
    fileId({ ...IDENTITY, etag: 'x' }),
    fileId({ ...IDENTITY, length: 1235 }),
  ];
  assert.equal(new Set(ids).size, ids.length);
});
