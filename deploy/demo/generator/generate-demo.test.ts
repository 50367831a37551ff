import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { subscription as subscriptionSchema } from '../../../schemas/catalog/subscription.ts';
import { generateDemo } from './generate-demo.ts';
import type { GenerateProgress } from './generate-demo.ts';
import { IMPERFECTIONS } from './imperfections.ts';
import type { DemoManifest } from './manifest.ts';
import { DemoExistsError } from './output-folder.ts';

const RECORDS = 3000;
/** Changes only together with the generator: then say so in the change, because every demo's numbers change with it. */
const DIGEST = '7b8fc3a687893394768c67d1da62f43335b6a1e39006ab977300949c7ac5db07';

let home: string;
let manifest: DemoManifest;
const progress: GenerateProgress[] = [];

const parametersFor = (folder: string) => ({
  home: join(folder, 'home'),
  catalogDirectory: join(folder, 'catalog'),
  records: RECORDS,
  seed: 7,
  subscriptions: 400,
});

before(async () => {
  home = await mkdtemp(join(tmpdir(), 'tally-generator-'));
  manifest = await generateDemo({ ...parametersFor(home), onProgress: (step) => progress.push({ ...step }) });
});
after(() => rm(home, { recursive: true, force: true }));

const clientFolder = () => join(home, 'home', 'northwind');

async function usageFiles(): Promise<string[]> {
  const entries = await readdir(join(clientFolder(), 'mediation'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function contentOf(path: string): Promise<Buffer> {
  const bytes = await readFile(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

async function linesOf(path: string): Promise<string[]> {
  const text = (await contentOf(path)).toString('utf8').replace(/^\uFEFF/, '');
  return text.split(/\r\n|\n|\r/).filter((line) => line !== '');
}

const isFrame = (line: string, i: number, all: string[]) =>
  (i === 0 && line.startsWith('HDR,')) || (i === all.length - 1 && line.startsWith('TRL,'));

function specialPath(kind: string): string {
  const special = manifest.specialFiles.find((file) => file.kind === kind);
  assert.ok(special, `no file of kind ${kind}`);
  return join(clientFolder(), special.path);
}

async function subscriptions() {
  const text = await readFile(join(home, 'catalog', 'accounts', 'subscriptions.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => subscriptionSchema.parse(JSON.parse(line)));
}

test('should make the same bytes from the same parameters and other bytes from another seed', async () => {
  assert.equal(manifest.digest, DIGEST);
  const other = await mkdtemp(join(tmpdir(), 'tally-generator-'));
  try {
    const again = await generateDemo(parametersFor(other));
    assert.equal(again.digest, manifest.digest);
    const different = await generateDemo({ ...parametersFor(other), seed: 8, overwrite: true });
    assert.notEqual(different.digest, manifest.digest);
  } finally {
    await rm(other, { recursive: true, force: true });
  }
});

test('should put exactly the wanted number of detail records into the ordinary files', async () => {
  const extra = new Set(
    manifest.specialFiles
      .filter((file) => file.kind !== 'trailerCountWrong')
      .map((file) => basename(file.path)),
  );
  let details = 0;
  for (const path of await usageFiles()) {
    if (extra.has(basename(path))) continue;
    const lines = await linesOf(path);
    details += lines.filter((line, i) => !isFrame(line, i, lines)).length;
  }
  assert.equal(details, RECORDS);
  assert.equal(manifest.records, RECORDS);
  assert.equal((await usageFiles()).length, manifest.files);
});

test('should count the details right in every voice trailer but one', async () => {
  const wrong: string[] = [];
  for (const path of await usageFiles()) {
    if (!path.includes('switch-1')) continue;
    const lines = await linesOf(path);
    const trailer = lines.at(-1) ?? '';
    if (!trailer.startsWith('TRL,')) continue;
    assert.ok(lines[0]!.startsWith('HDR,'), path);
    if (Number(trailer.split(',')[1]) !== lines.length - 2) wrong.push(path);
  }
  assert.deepEqual(wrong, [specialPath('trailerCountWrong')]);
});

test('should show every kind of imperfection at least once, even in a small run', () => {
  for (const [service, kinds] of Object.entries(IMPERFECTIONS)) {
    for (const kind of Object.keys(kinds)) {
      assert.ok((manifest.imperfections[service]?.[kind] ?? 0) >= 1, `${service} lacks ${kind}`);
    }
  }
  assert.ok(manifest.imperfections['voice']!['ambiguousLocalTime']! >= 1);
  assert.equal(new Set(manifest.specialFiles.map((file) => file.kind)).size, 9);
});

test('should send one file twice byte for byte under another name and once more under a later date', async () => {
  const hashes = new Map<string, string[]>();
  for (const path of await usageFiles()) {
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    hashes.set(hash, [...(hashes.get(hash) ?? []), basename(path)]);
  }
  const twins = [...hashes.values()].filter((names) => names.length > 1);
  assert.deepEqual(twins.flat().sort(), [
    '20261010_switch-1_0001.csv',
    '20261010_switch-1_0001_resend.csv',
    '20261012_switch-1_0001.csv',
    '20261017_switch-1_9002.csv',
  ]);
});

test('should pack the same records once more into a file with other bytes', async () => {
  const packed = specialPath('sentAgainRepacked');
  const original = packed.replace('20261022_smsc-1_9001.txt.gz', '20261019_smsc-1_0001.txt');
  assert.deepEqual(await contentOf(packed), await readFile(original));
});

test('should leave an empty file, a frame without records, a cut-off transfer and a file nobody expects', async () => {
  assert.equal((await readFile(specialPath('noBytes'))).length, 0);
  assert.deepEqual(
    (await linesOf(specialPath('noDetails'))).map((line) => line.slice(0, 6)),
    ['HDR,90', 'TRL,0,'],
  );
  assert.ok(!(await linesOf(specialPath('transferCutOff'))).at(-1)!.startsWith('TRL,'));
  assert.ok(specialPath('noStream').includes(join('mediation', 'switch-9')));
  assert.ok(specialPath('transferUnfinished').endsWith('.part'));
});

test('should use all line ends, a byte order mark and gzip with one and with two members', async () => {
  const seen = { crlf: 0, cr: 0, lf: 0, mark: 0, gzip: 0, unfinished: 0 };
  for (const path of await usageFiles()) {
    const text = (await contentOf(path)).toString('latin1');
    if (path.endsWith('.gz')) seen.gzip++;
    if (text.startsWith('\u00ef\u00bb\u00bf')) seen.mark++;
    if (text.includes('\r\n')) seen.crlf++;
    else if (text.includes('\r')) seen.cr++;
    else seen.lf++;
    if (text !== '' && !/[\r\n]$/.test(text)) seen.unfinished++;
  }
  assert.equal(seen.mark, 1);
  assert.equal(seen.cr, 1);
  for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, what);
});

test('should give every ordinary voice record the 42 columns and every message 80 bytes', async () => {
  for (const path of await usageFiles()) {
    const lines = await linesOf(path);
    if (path.includes('smsc-1')) {
      const odd = lines.filter((line) => line.length !== 80).length;
      assert.ok(odd <= 2, `${path}: ${odd} of ${lines.length}`);
    }
    if (!path.includes('switch-1') || !path.endsWith('.csv')) continue;
    const details = lines.filter((line, i) => !isFrame(line, i, lines));
    const columns = details.map((line) => line.replace(/"(?:[^"]|"")*"/g, 'x').split(',').length);
    const odd = columns.filter((count) => count !== 42).length;
    assert.ok(odd <= 4, `${path}: ${odd} of ${columns.length}`);
  }
});

test('should write subscriptions that the catalog accepts', async () => {
  const list = await subscriptions();
  assert.equal(list.length, 400);
  const sizes = new Map<string, number>();
  const cycles = new Map<string, number>();
  for (const { account, plan, balanceGroup, subscription, billCycleDay, services } of list) {
    sizes.set(account, (sizes.get(account) ?? 0) + 1);
    assert.equal(balanceGroup !== undefined, plan === 'BUSINESS', subscription);
    const group = balanceGroup ?? subscription;
    assert.equal(cycles.get(group) ?? billCycleDay, billCycleDay);
    cycles.set(group, billCycleDay);
    assert.deepEqual(
      services.map((service) => service.serviceType),
      ['VOICE', 'SMS', 'DATA'],
    );
    assert.match(services[0]!.id, /^\+4479\d{8}$/);
  }
  assert.ok([...sizes.values()].every((size) => size >= 1 && size <= 5));
  assert.ok([...sizes.values()].some((size) => size >= 4));
});

test('should have subscriptions that begin, end and pause in the month, and never two for a number at a time', async () => {
  const list = await subscriptions();
  const inMonth = (instant?: string) => instant?.startsWith('2026-10') === true;
  assert.ok(list.some((entry) => inMonth(entry.from)));
  assert.ok(list.some((entry) => inMonth(entry.to)));
  assert.ok(list.some((entry) => entry.statuses.some((status) => status.status === 'INACTIVE')));
  const ends = new Map<string, string | undefined>();
  let takenOver = 0;
  for (const { services, from, to } of list) {
    const { id } = services[0]!;
    if (ends.has(id)) {
      takenOver++;
      assert.ok(Date.parse(ends.get(id)!) < Date.parse(from));
    }
    ends.set(id, to);
  }
  assert.ok(takenOver > 0);
});

test('should let a fifth of the subscribers make most of the usage', async () => {
  const perNumber = new Map<string, number>();
  for (const path of await usageFiles()) {
    if (!path.includes('smsc-1')) continue;
    for (const line of await linesOf(path)) {
      const number = line.slice(2, 18).trim().replace(/^0/, '+44');
      perNumber.set(number, (perNumber.get(number) ?? 0) + 1);
    }
  }
  const counts = [...perNumber.values()].sort((a, b) => b - a);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const top = counts.slice(0, 80).reduce((sum, count) => sum + count, 0);
  assert.ok(top / all > 0.6, `${top} of ${all}`);
});

test('should copy the catalog and describe itself in the manifest', async () => {
  const names = await readdir(join(home, 'catalog'));
  for (const name of ['client.yaml', 'mediation.yaml', 'pricing.yaml']) assert.ok(names.includes(name));
  const written = JSON.parse(await readFile(join(clientFolder(), 'manifest.json'), 'utf8')) as DemoManifest;
  assert.deepEqual(written, manifest);
  assert.equal(written.complete, true);
});

test('should report progress that ends at the total', () => {
  assert.equal(progress.at(-1)?.records, RECORDS);
  assert.ok(progress.every((step, i) => i === 0 || step.records >= progress[i - 1]!.records));
});

test('should refuse a home that holds files, and any that it did not make itself', async () => {
  await assert.rejects(generateDemo(parametersFor(home)), DemoExistsError);
  const foreign = await mkdtemp(join(tmpdir(), 'tally-foreign-'));
  try {
    await mkdir(join(foreign, 'northwind'));
    await writeFile(join(foreign, 'northwind', 'somebody-elses.txt'), 'keep me');
    const asked = { ...parametersFor(foreign), home: foreign, overwrite: true };
    await assert.rejects(generateDemo(asked), DemoExistsError);
    assert.equal(await readFile(join(foreign, 'northwind', 'somebody-elses.txt'), 'utf8'), 'keep me');
  } finally {
    await rm(foreign, { recursive: true, force: true });
  }
});

test('should refuse impossible parameters', async () => {
  const elsewhere = parametersFor(join(home, 'never'));
  await assert.rejects(generateDemo({ ...elsewhere, records: 10 }), RangeError);
  await assert.rejects(generateDemo({ ...elsewhere, records: 1.5 }), RangeError);
  await assert.rejects(generateDemo({ ...elsewhere, subscriptions: 5 }), RangeError);
  await assert.rejects(generateDemo({ ...elsewhere, month: '2026-00' }), RangeError);
});
