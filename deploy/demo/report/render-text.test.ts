import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { renderText, wantsColor } from './render-text.ts';
import type { RunReport } from './report-model.ts';
import { sampleReport } from './testdata/sample-report.ts';
import { textWidth } from './text-table.ts';

const options = { width: 120, color: false, allFiles: false };
const golden = (name: string) => readFile(new URL(`./testdata/${name}`, import.meta.url), 'utf8');

test('should print the sample run exactly as the golden file has it', async () => {
  assert.equal(renderText(sampleReport(), options), await golden('report.txt'));
});

test('should print the sample run for a narrow terminal exactly as the golden file has it', async () => {
  assert.equal(renderText(sampleReport(), { ...options, width: 80 }), await golden('report-80.txt'));
});

test('should keep every line within the width', () => {
  for (const width of [80, 100, 120, 200]) {
    for (const line of renderText(sampleReport(), { ...options, width }).split('\n')) {
      assert.ok(textWidth(line) <= width, `${width}: ${line}`);
    }
  }
});

test('should use no escape sequence without colour, and the same words with it', () => {
  const plain = renderText(sampleReport(), options);
  const coloured = renderText(sampleReport(), { ...options, color: true });
  assert.ok(!plain.includes('\u001b'));
  assert.ok(coloured.includes('\u001b[32m'));
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  assert.equal(coloured.replace(/\u001b\[\d+m/g, '').replace(/ +$/gm, ''), plain.replace(/ +$/gm, ''));
});

test('should show the fifteen files of most interest, or all of them', () => {
  const fileLines = (text: string) =>
    text.split('\n').filter((line) => /^(switch|ggsn|smsc)-/.test(line)).length;
  const report = sampleReport();
  const short = renderText(report, options);
  assert.equal(fileLines(short), 15);
  assert.ok(short.includes(`and ${report.files.length - 15} more`));
  const all = renderText(report, { ...options, allFiles: true });
  assert.equal(fileLines(all), report.files.length);
  assert.ok(!all.includes('--all-files'));
});

test('should shout when there is a difference, and say which', () => {
  const report = sampleReport();
  const [check] = report.judge!.checks;
  const bad: RunReport = {
    ...report,
    judge: {
      ...report.judge!,
      verdict: 'FAILED',
      checks: [{ ...check!, differences: 2, examples: ['switch-1 line 7: 0.12 is not 0.13'] }],
    },
  };
  const text = renderText(bad, options);
  assert.ok(text.startsWith('✘ 2 DIFFERENCES'));
  assert.ok(text.includes('switch-1 line 7: 0.12 is not 0.13'));
  assert.ok(!text.includes('none of them charged twice'));
});

test('should count a measure that does not agree as a difference', () => {
  const report = sampleReport();
  report.reconciliation.stages[0]!.measures[0]!.difference = '-1';
  assert.ok(renderText(report, options).startsWith('✘ 1 DIFFERENCES'));
});

test('should render a run of which nothing came', () => {
  const report = sampleReport();
  const empty: RunReport = {
    ...report,
    files: [],
    suspense: [],
    errors: [],
    ignored: [],
    throughput: [],
    allowances: [],
    charges: { byUsageType: [], byZone: [], byDay: [], byHour: [], topAccounts: [] },
    billing: { calls: 0, retries: 0, byStatus: [], errors: [] },
  };
  assert.ok(renderText(empty, options).includes('Reconciliation'));
});

test('should want colour on a terminal unless NO_COLOR is set', () => {
  assert.equal(wantsColor({}, true), true);
  assert.equal(wantsColor({}, false), false);
  assert.equal(wantsColor({ NO_COLOR: '1' }, true), false);
  assert.equal(wantsColor({ NO_COLOR: '' }, true), true);
  assert.equal(wantsColor({ FORCE_COLOR: '1' }, false), true);
  assert.equal(wantsColor({ FORCE_COLOR: '1', NO_COLOR: '1' }, false), false);
  assert.equal(wantsColor({ TERM: 'dumb' }, true), false);
});
