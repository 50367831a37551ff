import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseScaled } from '../../schemas/decimal/scaled.ts';
import { normaliseNumber, NOT_A_NUMBER, OUT_OF_RANGE, readNumber, utf16Length } from './field-converters.ts';
import { FieldValue, Scratch } from './parsed-record.ts';

function number(text: string, scale: number, decimals = true): number {
  const bytes = Buffer.from(`9${text}9`);
  return readNumber(bytes, 1, bytes.length - 1, scale, decimals);
}

test('a number is read as the exact scaled integer, whatever its length', () => {
  const text = fc.stringMatching(/^-?\d{1,20}(\.\d{1,12})?$/);
  fc.assert(
    fc.property(text, fc.constantFrom(0, 6, 9), (value, scale) => {
      assert.equal(number(value, scale), parseScaled(value, scale) ?? OUT_OF_RANGE);
    }),
  );
});

test('anything but an optional minus, digits and for a decimal one point between digits is no number', () => {
  for (const text of [
    '',
    '-',
    '+1',
    '1.',
    '.5',
    '-.5',
    '1.2.3',
    '1e3',
    '0x1',
    ' 1',
    '1 ',
    '1,5',
    '--1',
    '١',
    'NaN',
  ]) {
    assert.equal(number(text, 6), NOT_A_NUMBER, text);
  }
  assert.equal(number('1.5', 6, false), NOT_A_NUMBER);
});

test('minus zero is zero', () => {
  assert.ok(Object.is(number('-0', 0), 0));
  assert.ok(Object.is(number('-0.00', 9), 0));
});

function normalised(text: string, country: string | null): string {
  const bytes = Buffer.from(`--${text}--`);
  const field = new FieldValue(bytes);
  field.locate(bytes, 2, bytes.length - 2, 0);
  normaliseNumber(field, country === null ? null : Buffer.from(country), new Scratch());
  return field.textBuffer.toString('utf8', field.textStart, field.textEnd);
}

test('telephone numbers are written as the rules say', () => {
  const cases: [string, string | null, string][] = [
    ['+441632960000', '44', '+441632960000'],
    ['01632 960-000', '44', '+441632960000'],
    ['(01632) 960.000', '1', '+11632960000'],
    ['0044 1632', '44', '+441632'],
    ['00', '44', '+'],
    ['0', '44', '+44'],
    ['0', '358', '+358'],
    ['(0)0 1', '44', '+1'],
    ['01632', null, '01632'],
    ['0044', null, '+44'],
    ['112', '44', '112'],
    ['*21#', '44', '*21#'],
    ['+44 (0) 1632', '44', '+4401632'],
    ['-.() ', '44', ''],
    ['', '44', ''],
    ['0ü', '44', '+44ü'],
  ];
  for (const [text, country, expected] of cases) assert.equal(normalised(text, country), expected, text);
});

test('normalising agrees with its definition by regular expressions for any text', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[0-9 .()+a-c-]{0,12}$/),
      fc.constantFrom('1', '44', '358'),
      (text, country) => {
        const kept = text.replace(/[ .()-]/g, '');
        const expected = kept.startsWith('00') ? `+${kept.slice(2)}` : kept.replace(/^0/, `+${country}`);
        assert.equal(normalised(text, country), expected);
      },
    ),
  );
});

test('length is counted in UTF-16 units', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const bytes = Buffer.from(text);
      assert.equal(utf16Length(bytes, 0, bytes.length), text.length);
    }),
  );
});
