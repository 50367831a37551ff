import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatFault, severityOf } from './catalog-fault.ts';
import type { CatalogFaultCode } from './catalog-fault.ts';
import { parseCatalog } from './load-catalog.ts';
import type { SourceFile } from './yaml-source.ts';

/** A change of the catalog in testdata/small and the faults that must be told about it. */
interface FaultCase {
  readonly name: string;
  /** Pieces of text, each there exactly once, and what stands there instead. */
  readonly edits: readonly (readonly [string, string])[];
  readonly faults: readonly string[];
}
const casesText = readFileSync(new URL('testdata/fault-cases.json', import.meta.url), 'utf8');
const faultCases = JSON.parse(casesText) as readonly FaultCase[];

const SMALL = new URL('testdata/small/', import.meta.url);
const small: readonly SourceFile[] = ['base.yaml', 'mediation.yaml', 'pricing.yaml'].map((path) => {
  return { path, text: readFileSync(new URL(path, SMALL), 'utf8') };
});

/** The small catalog with pieces of text replaced; every piece must be there exactly once. */
function edited(edits: readonly (readonly [string, string])[]): SourceFile[] {
  const files = small.map((file) => ({ ...file }));
  for (const [from, to] of edits) {
    const holders = files.filter(({ text }) => text.includes(from));
    assert.equal(holders.length, 1, `one file must hold ${from}`);
    const [file] = holders;
    assert.equal(file!.text.split(from).length, 2, `one place must hold ${from}`);
    file!.text = file!.text.replace(from, () => to);
  }
  return files;
}

function faultsOf(files: readonly SourceFile[]): string[] {
  const result = parseCatalog(files);
  return (result.ok ? result.warnings : result.faults).map(formatFault);
}

test('the small catalog is good', () => {
  assert.deepEqual(faultsOf(small), []);
});

describe('every fault is told with file, line, column and path', () => {
  for (const { name, edits, faults } of faultCases)
    test(name, () => {
      assert.deepEqual(faultsOf(edited(edits)), faults);
    });
});

test('every code of a catalog fault has a case', () => {
  const told = new Set(
    faultCases.flatMap(({ faults }) => faults.map((text) => /\((\w+)\)$/.exec(text)![1]!)),
  );
  const source = readFileSync(new URL('catalog-fault.ts', import.meta.url), 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map((match) => match[1]!);
  const ofSubscriptions = [
    'JSON_INVALID',
    'STATUS_ORDER',
    'PERIOD_INVALID',
    'PERIOD_OVERLAP',
    'BILL_CYCLE_DIFFERS',
  ];
  assert.ok(codes.length > 40);
  assert.deepEqual(
    codes.filter((code) => !told.has(code)),
    ofSubscriptions,
  );
});

test('with warnings only the catalog is good and the warnings are told', () => {
  const result = parseCatalog(edited([['      - { id: REST }\n', '']]));
  assert.ok(result.ok);
  assert.deepEqual(
    result.warnings.map(({ code, severity }) => [code, severity]),
    [['TIME_MODEL_GAPS', 'warning']],
  );
  assert.equal(severityOf('TIME_MODEL_GAPS' satisfies CatalogFaultCode), 'warning');
});

test('without any file every top key is missing', () => {
  const faults = faultsOf([]);
  assert.ok(faults.includes('(no file):1:1 error: client: the key is missing (KEY_MISSING)'));
  assert.ok(faults.includes('(no file):1:1 error: plans: the key is missing (KEY_MISSING)'));
});

test('an empty file and a file of comments add nothing', () => {
  assert.deepEqual(
    faultsOf([...small, { path: 'a.yaml', text: '' }, { path: 'z.yaml', text: '# nothing\n' }]),
    [],
  );
});

test('a list may be spread over files and its faults have the place in their own file', () => {
  const more = 'units:\n  - { id: KM, name: kilometres }\n  - { id: KM, name: again }\n';
  assert.deepEqual(faultsOf([...small, { path: 'more.yaml', text: more }]), [
    'more.yaml:3:11 error: units[1].id: the id "KM" is also at more.yaml:2 (ID_TWICE)',
  ]);
});

test('anchors and aliases are followed, for values and for places', () => {
  const files = edited([
    [
      'rounding: { mode: HALF_UP, decimals: 4 },\n      billing: { mode: HALF_UP, decimals: 2 },',
      'rounding: &r { mode: HALF_UP, decimals: 12 },\n      billing: *r,',
    ],
  ]);
  assert.deepEqual(faultsOf(files), [
    'base.yaml:15:47 error: currencies[0].rounding.decimals: must be at most 9 (VALUE_INVALID)',
    'base.yaml:15:47 error: currencies[0].billing.decimals: must be at most 9 (VALUE_INVALID)',
  ]);
});

test('aliases that expand without bound are refused', () => {
  const levels = 'abcdefgh'.split('').map((name, index, all) => {
    const items = index === 0 ? '1' : Array.from({ length: 9 }, () => `*${all[index - 1]!}`).join(', ');
    return `${name}: &${name} [${items}]\n`;
  });
  assert.deepEqual(faultsOf([...small, { path: 'bomb.yaml', text: levels.join('') }]), [
    'bomb.yaml:1:1 error: Excessive alias count indicates a resource exhaustion attack (YAML_SYNTAX)',
  ]);
});

test('a file that is a list adds nothing and is told', () => {
  assert.deepEqual(faultsOf([...small, { path: 'list.yaml', text: '\n- client\n' }]), [
    'list.yaml:2:1 error: expected a map of catalog keys, found a list (TYPE_WRONG)',
  ]);
});

test('a decimal is read as written, even where a double is not exact', () => {
  const prices = ['9007199.254740991', '0.000000001', '0.10', '12'];
  const read = prices.map((price) => {
    const result = parseCatalog(edited([["price: '0.01'", `price: ${price}`]]));
    assert.ok(result.ok);
    const found = result.catalog.offers[3]?.rows[0]?.price;
    return found?.model === 'unit' ? found.price : null;
  });
  assert.deepEqual(read, [Number.MAX_SAFE_INTEGER, 1, 100_000_000, 12_000_000_000]);
});

test('faults of many kinds in many files come all at once, in order', () => {
  const files = edited([
    ['currency: GBP }\n', 'curency: GBP }\n'],
    ['platforms:\n', 'platform:\n'],
    ['when: duration = 0', 'when: duratoin = 0'],
    ['column: 5, type: integer', 'column: 6, type: integer'],
    ["price: '0.20'", "price: '0.0000000001'"],
    ['offers: [talk,', 'offers: [walk,'],
  ]);
  assert.deepEqual(
    faultsOf(files).map((text) => text.replace(/ error: .*\(/, ' (')),
    [
      'base.yaml:1:1 (KEY_MISSING)',
      'base.yaml:1:9 (KEY_MISSING)',
      'base.yaml:1:58 (KEY_UNKNOWN)',
      'base.yaml:2:1 (KEY_UNKNOWN)',
      'mediation.yaml:14:34 (FIELD_OUTSIDE)',
      'mediation.yaml:32:56 (EXPRESSION_INVALID)',
      'pricing.yaml:53:40 (VALUE_INVALID)',
      'pricing.yaml:74:14 (REFERENCE_UNKNOWN)',
    ],
  );
});

test('a catalog with any lines missing, moved or cut is told without an exception, inside its files', () => {
  const damage = fc.record({
    file: fc.nat(small.length - 1),
    line: fc.nat(90),
    action: fc.constantFrom('drop', 'swap', 'cut', 'indent', 'null'),
    column: fc.nat(40),
  });
  const damaged = (
    lines: string[],
    { line, action, column }: { line: number; action: string; column: number },
  ) => {
    const at = line % lines.length;
    const text = lines[at]!;
    if (action === 'drop') lines.splice(at, 1);
    else if (action === 'swap') lines.splice(at, 2, lines[at + 1] ?? '', text);
    else if (action === 'cut') lines[at] = text.slice(0, column);
    else if (action === 'indent') lines[at] = `  ${text}`;
    else lines[at] = text.replace(/: [^:]*$/, ':');
  };
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
      const texts = small.map(({ text }) => text.split('\n'));
      for (const change of damages) damaged(texts[change.file]!, change);
      const files = small.map(({ path }, index) => ({ path, text: texts[index]!.join('\n') }));
      const result = parseCatalog(files);
      for (const { file, line, column } of result.ok ? result.warnings : result.faults) {
        const lines = files.find(({ path }) => path === file)!.text.split('\n');
        assert.ok(line >= 1 && line <= lines.length, `${file}:${line}`);
        assert.ok(column >= 1 && column <= lines[line - 1]!.length + 1, `${file}:${line}:${column}`);
      }
      assert.ok(result.ok || result.faults.some(({ severity }) => severity === 'error'));
    }),
    { numRuns: 60 },
  );
});
