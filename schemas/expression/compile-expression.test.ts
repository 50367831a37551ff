import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileExpression } from './compile-expression.ts';
import type { ExpressionType } from './compile-expression.ts';
import type { AttributeReader } from './typed.ts';

const attributes = {
  duration: { type: 'number', scale: 6 },
  volumeUp: { type: 'number', scale: 0 },
  volumeDown: { type: 'number', scale: 0 },
  calledNumber: { type: 'text' },
  late: { type: 'boolean' },
} as const;
const lookupTables = [{ id: 'apn-class', entries: { ims: 'SIGNALLING' } }];

function compile<Type extends ExpressionType>(text: string, expect: Type, resultScale?: number) {
  const scale = resultScale === undefined ? {} : { resultScale };
  const result = compileExpression(text, { attributes, lookupTables, expect, ...scale });
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

function fault(text: string, expect: ExpressionType): [number, string] {
  const result = compileExpression(text, { attributes, lookupTables, expect });
  assert.ok(!result.ok, `${text} must not compile`);
  return [result.position, result.message];
}

const record = [90_500_000, 1_500_000, 250_000, '+4420', 1] as const;
const reader: AttributeReader = {
  text: (index) => record[index] as string,
  number: (index) => record[index] as number,
};

test('dividing by a literal power of ten moves the point and loses nothing', () => {
  const megabytes = compile('(volumeUp + volumeDown) / 1000000', 'number');
  assert.equal(megabytes.scale, 6);
  assert.equal(megabytes.evaluate(reader), 1_750_000);
  assert.deepEqual(megabytes.attributes, [1, 2]);
});

test('a result takes the decimals asked for, rounded half away from zero', () => {
  assert.equal(compile('duration', 'number', 0).evaluate(reader), 91);
  assert.equal(compile('-duration', 'number', 0).evaluate(reader), -91);
  assert.equal(compile('duration / 3600', 'number').evaluate(reader), 25_138_889);
  assert.equal(compile('duration', 'number', 9).evaluate(reader), 90_500_000_000);
});

test('a failing expression yields NaN or undefined and never throws', () => {
  assert.equal(compile('duration / (volumeUp - 1500000)', 'number').evaluate(reader), NaN);
  assert.equal(compile('volumeUp * volumeUp * volumeUp', 'number').evaluate(reader), NaN);
  assert.equal(compile("lookup('apn-class', calledNumber)", 'text').evaluate(reader), undefined);
  assert.equal(compile('1 / 0 > 1', 'boolean').evaluate(reader), undefined);
  assert.equal(compile('not (1 / 0 > 1)', 'boolean').evaluate(reader), undefined);
  assert.equal(compile("concat('a', lookup('apn-class', calledNumber))", 'text').evaluate(reader), undefined);
});

test('what does not decide is not evaluated', () => {
  assert.equal(compile('true or 1 / 0 = 1', 'boolean').evaluate(reader), true);
  assert.equal(compile('false and 1 / 0 = 1', 'boolean').evaluate(reader), false);
  assert.equal(compile('if(late, 1, 1 / 0)', 'number', 0).evaluate(reader), 1);
});

test('text functions count UTF-16 units from 1', () => {
  const text = (expression: string) => compile(expression, 'text').evaluate(reader);
  assert.equal(text("substring('abcdef', 2, 3)"), 'bcd');
  assert.equal(text("substring('abcdef', 0, 3)"), 'ab');
  assert.equal(text("substring('abcdef', 5, 9)"), 'ef');
  assert.equal(text("substring('abcdef', 2, -1)"), '');
  assert.equal(text("substring('abcdef', -5, 3)"), '');
  assert.equal(text("concat(upper('a'), lower('B'), 'it''s')"), "Abit's");
  const boolean = (expression: string) => compile(expression, 'boolean').evaluate(reader);
  assert.equal(boolean("startsWith(calledNumber, '+44')"), true);
  assert.equal(boolean("endsWith(calledNumber, '20') and contains(calledNumber, '42')"), true);
  assert.equal(boolean("calledNumber in ('+4420', '+1')"), true);
  assert.equal(boolean('duration in (90.5, -1)'), true);
  assert.equal(boolean('late = true'), true);
});

test('precedence is or, and, not, comparison, sum, product, minus', () => {
  assert.equal(compile('1 + 2 * 3 - -4', 'number').evaluate(reader), 11);
  assert.equal(compile('10 - 4 - 3', 'number').evaluate(reader), 3);
  assert.equal(compile('100 / 10 / 5', 'number', 0).evaluate(reader), 2);
  assert.equal(compile('not 1 = 2 and true or false', 'boolean').evaluate(reader), true);
  assert.equal(compile('true or true and false', 'boolean').evaluate(reader), true);
});

test('a fault says where it is and what would be right', () => {
  const faults: [string, ExpressionType, number, string][] = [
    ['', 'number', 0, 'expected a value, found the end'],
    ['duratoin = 0', 'boolean', 0, 'unknown attribute "duratoin", did you mean "duration"?'],
    [
      '1 + startwith(calledNumber, 1)',
      'number',
      4,
      'unknown function "startwith", did you mean "startsWith"?',
    ],
    [
      "lookup('apn-clas', calledNumber)",
      'text',
      7,
      'unknown lookup table "apn-clas", did you mean "apn-class"?',
    ],
    ['lookup(calledNumber, calledNumber)', 'text', 7, "lookup needs the table's name as a literal text"],
    ['1 + calledNumber', 'number', 4, '"+" needs a number here, this is text'],
    ["duration = 'x'", 'boolean', 9, 'number cannot be compared with text'],
    ['late < late', 'boolean', 5, '"<" compares numbers or texts, these are conditions'],
    ['1 < 2 < 3', 'boolean', 6, 'comparisons cannot be chained, join them with "and"'],
    ['duration == 1', 'boolean', 9, 'equality is written with a single ='],
    ['calledNumber = "x"', 'boolean', 15, "text is written in single quotes ('text')"],
    ["calledNumber = 'x", 'boolean', 15, "text without its closing quote (')"],
    ['duration & 1', 'boolean', 9, 'unexpected character "&"'],
    ['1e3', 'number', 0, 'a number is digits, with decimals after a point (123 or 0.5)'],
    ['0.1234567891', 'number', 0, 'a number has at most 9 decimals'],
    ['99999999999999999', 'number', 0, 'the number is too large'],
    ['(1 + 2', 'number', 6, 'expected ")", found the end'],
    ['1 2', 'number', 2, 'expected an operator or the end, found "2"'],
    ['if(late, 1)', 'number', 0, 'if is used as if(condition, then, else), found 2 arguments'],
    ["if(late, 1, 'a')", 'number', 12, 'both results of if must have one type: number and text differ'],
    [
      'substring(calledNumber, duration, 2)',
      'text',
      24,
      'substring needs a whole number here, use floorTo(…, 1)',
    ],
    ['calledNumber in (1)', 'boolean', 17, '"in" compares text with number'],
    ['calledNumber in (late)', 'boolean', 17, 'expected a literal text or number, found "late"'],
    ['duration and late', 'boolean', 0, 'and needs a condition here, this is number'],
    ['duration', 'boolean', 0, 'the result must be boolean, this expression yields number'],
    ['1 + and', 'number', 4, 'expected a value, found "and"'],
    [`${'('.repeat(200)}1`, 'number', 100, 'nested too deeply'],
    [`1${' + 1'.repeat(1000)}`, 'number', 4000, 'longer than 4000 characters'],
  ];
  for (const [text, expect, position, message] of faults)
    assert.deepEqual(fault(text, expect), [position, message], text);
});

test('names of JavaScript objects mean nothing', () => {
  assert.match(fault('constructor = 1', 'boolean')[1], /unknown attribute/);
  assert.match(fault('toString(1)', 'text')[1], /unknown function/);
});

test('the longest chains compile and run without exhausting the stack', () => {
  assert.equal(compile(`${'-'.repeat(3999)}1`, 'number').evaluate(reader), -1);
  assert.equal(compile(`1${'+1'.repeat(1999)}`, 'number').evaluate(reader), 2000);
  assert.equal(compile(`${'not '.repeat(999)}late`, 'boolean').evaluate(reader), false);
});

test('any sequence of tokens compiles or is told with a position inside the text', () => {
  const token = fc.constantFrom(
    ...[
      '1',
      '0.5',
      "'a'",
      'duration',
      'calledNumber',
      'late',
      'and',
      'or',
      'not',
      'in',
      'if',
      'lookup',
      'length',
    ],
    ...['(', ')', ',', '+', '-', '*', '/', '%', '=', '!=', '<', '>=', 'true', "'", '"', '#', '😀', '.', ' '],
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), fc.constantFrom('', ' '), (tokens, separator) => {
      const text = tokens.join(separator);
      const result = compileExpression(text, { attributes, lookupTables, expect: 'boolean' });
      if (result.ok) assert.notEqual(typeof result.value.evaluate(reader), 'number');
      else assert.ok(result.position >= 0 && result.position <= text.length, `${text} ${result.position}`);
    }),
    { numRuns: 3000 },
  );
});
