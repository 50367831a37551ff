import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { escapeText, html } from './html/markup.ts';
import { shortNumber, ticks } from './html/scale.ts';
import { renderHtml } from './render-html.ts';
import type { RunReport } from './report-model.ts';
import { sampleReport } from './testdata/sample-report.ts';

const VOID = new Set(['meta', 'input', 'br', 'hr']);

/** Names of elements that are not closed in order; enough of a parser for markup of our own. */
function unbalanced(page: string): string[] {
  const body = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').replace('<!doctype html>', '');
  const open: string[] = [];
  for (const [, closing, name, rest] of body.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^>"])*)>/g)) {
    if (closing === '/') {
      if (open.pop() !== name) return [...open, name!];
    } else if (!VOID.has(name!) && !rest!.trimEnd().endsWith('/')) open.push(name!);
  }
  return open;
}

test('should open with the verdict: zero difference, or how many there are', () => {
  const good = renderHtml(sampleReport());
  assert.match(good, /Zero difference/);
  const report = sampleReport();
  report.judge!.checks[0]!.differences = 3;
  report.judge!.checks[0]!.examples = ['<b>line 7</b>'];
  report.judge!.verdict = 'FAILED';
  const bad = renderHtml(report);
  assert.match(bad, /3 differences/);
  assert.ok(!bad.includes('Zero difference'));
  assert.ok(bad.includes('&lt;b&gt;line 7&lt;/b&gt;'));
});

test('should need nothing from outside, and forbid it', () => {
  const page = renderHtml(sampleReport());
  assert.ok(page.includes('default-src &#39;none&#39;'));
  assert.deepEqual(page.match(/(?:src|href)="(?!#)[^"]*"|url\(|@import|https?:/g), null);
});

test('should close every element that it opens', () => {
  assert.deepEqual(unbalanced(renderHtml(sampleReport())), []);
});

test('should name every id once and link only to ids that exist', () => {
  const page = renderHtml(sampleReport());
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.includes(target!), target);
  for (const [, target] of page.matchAll(/aria-labelledby="([^"]+)"/g))
    assert.ok(ids.includes(target!), target);
});

test('should give every chart a label and a table with the same numbers', () => {
  const page = renderHtml(sampleReport());
  const charts = [...page.matchAll(/<svg\s[^>]*class="chart"[^>]*>/g)].map((match) => match[0]);
  assert.equal(charts.length, 4);
  for (const chart of charts) assert.match(chart, /role="img"\s+aria-label="[^"]+"/);
  assert.ok((page.match(/Show as table/g) ?? []).length >= charts.length);
});

test('should list every file, with what the filter needs to find it', () => {
  const report = sampleReport();
  const page = renderHtml(report);
  assert.equal((page.match(/data-search="/g) ?? []).length, report.files.length);
  assert.ok(page.includes('data-status="DUPLICATE"'));
  assert.ok(
    page.includes('data-search="switch-1_20261009_0002.csv switch-1 voice file_trailer_count rejected"'),
  );
});

test('should escape whatever the feeds and catalogs may contain', () => {
  const nasty = `</script><img src=x onerror="alert('1')">\0&`;
  const report = sampleReport();
  const full: RunReport = {
    ...report,
    run: { ...report.run, clientName: nasty, faults: [nasty] },
    files: report.files.map((file) => ({ ...file, file: nasty, code: nasty, platform: nasty })),
    suspense: [{ code: nasty, title: nasty, records: 1 }],
  };
  full.charges.topAccounts[0]!.account = nasty;
  full.charges.byZone[0]!.zone = nasty;
  const page = renderHtml(full);
  assert.ok(!page.includes('<img'));
  assert.ok(!page.includes('\0'));
  assert.equal((page.match(/<\/script>/g) ?? []).length, 1);
  assert.deepEqual(unbalanced(page), []);
});

test('should render a run of which nothing came', () => {
  const report = sampleReport();
  const page = renderHtml({
    ...report,
    files: [],
    stages: [],
    suspense: [],
    errors: [],
    ignored: [],
    throughput: [],
    allowances: [],
    charges: { byUsageType: [], byZone: [], byDay: [], byHour: [], topAccounts: [] },
    billing: { calls: 0, retries: 0, byStatus: [], errors: [] },
    reconciliation: { ...report.reconciliation, stages: [] },
  });
  assert.deepEqual(unbalanced(page), []);
  assert.ok(!/NaN|Infinity|undefined/.test(page));
});

test('should show no number that is none', () => {
  assert.ok(!/NaN|Infinity|undefined|\[object/.test(renderHtml(sampleReport())));
});

test('should escape text so that it can be read back', () => {
  const back = (text: string) =>
    text.replace(
      /&(amp|lt|gt|quot|#39);/g,
      (_all, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name]!,
    );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const escaped = escapeText(text);
      assert.ok(!/[<>"'\0]/.test(escaped));
      assert.equal(back(escaped), text.replaceAll('\0', '␀'));
    }),
  );
  assert.equal(html`<i>${['<', html`<b>${1}</b>`, null, undefined]}</i>`.html, '<i>&lt;<b>1</b></i>');
});

test('should put round values on an axis, up to at least the highest', () => {
  assert.deepEqual(ticks(3120), [0, 1000, 2000, 3000, 4000]);
  assert.deepEqual(ticks(0), [0, 1]);
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1e12, noNaN: true }), (most) => {
      const values = ticks(most);
      assert.ok(values.at(-1)! >= most * 0.999_999 && values.length <= 7, `${most}: ${values.join(' ')}`);
    }),
  );
  assert.deepEqual([0, 999, 1500, 2_000_000].map(shortNumber), ['0', '999', '1.5k', '2M']);
});
