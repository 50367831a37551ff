import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileDayOf } from './file-date.ts';

const DAY = Date.UTC(2026, 10, 24) / 86_400_000;

test('the date of a file is the first run of exactly eight digits that is a date', () => {
  for (const name of [
    '20261124',
    'cdr_20261124.csv',
    'x20261124T1.gz',
    '12345678_20261124_20261125',
    '123456789-20261124',
    '20261301-20261124',
  ]) {
    assert.equal(fileDayOf(name), DAY, name);
  }
});

test('a name without such a run has no date', () => {
  for (const name of [
    '',
    'cdr.csv',
    '2026112',
    '202611241',
    '20260229.csv',
    '2026-11-24',
    '19691231',
    '22000101',
  ]) {
    assert.ok(Number.isNaN(fileDayOf(name)), name);
  }
  assert.equal(fileDayOf('20240229'), Date.UTC(2024, 1, 29) / 86_400_000);
});
