import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { dataLayout } from '../../deploy/embedded/data-layout.ts';
import { checkFrame } from '../../streams/engine/transport/embedded/frame.ts';
import { DurableMark } from '../../streams/engine/transport/embedded/durable-mark.ts';
import { compareFolders } from './compare/compare-folders.ts';
import { compareState } from './compare/compare-state.ts';
import { compareWarehouses } from './compare/compare-warehouse.ts';
import { createScene } from './scene.ts';
import type { RunFolders } from './scene.ts';
import { startTally } from './tally.ts';

const SEGMENT = '00000001.log';
/** Segment header, then the frames; see segment-files.ts. */
const FIRST_FRAME = 16;
const PACE = 2_000;

async function run(folders: RunFolders): Promise<{ code: number | null; said: string }> {
  writeFileSync(folders.logFile, '');
  const { code } = await startTally({ ...folders, billing: null }).ended;
  return { code, said: readFileSync(folders.logFile, 'utf8') };
}

/** Where each frame ends, in order. */
function frameEnds(log: Buffer): number[] {
  const ends: number[] = [];
  for (let at = FIRST_FRAME; at < log.length; at = ends.at(-1)!) {
    const check = checkFrame(log, at, ends.length);
    if (check.kind !== 'frame') break;
    ends.push(check.end);
  }
  return ends;
}

describe('damaged files of a real run', () => {
  let root: string;
  let reference: RunFolders;
  /** A run that was killed in the middle; every test damages a copy of it. */
  let killed: RunFolders;

  const copyOf = (folders: RunFolders, name: string): RunFolders => {
    const own = join(root, name);
    cpSync(join(folders.home, '..'), own, { recursive: true });
    return { ...folders, home: join(own, 'home'), data: join(own, 'data'), logFile: join(own, 'tally.log') };
  };
  const segmentOf = ({ data }: RunFolders): string => join(dataLayout(data).log, SEGMENT);
  const assertLikeReference = async (folders: RunFolders): Promise<void> => {
    const comparisons = [
      ...(await compareWarehouses(reference.data, folders.data)),
      compareState(dataLayout(reference.data).snapshots, dataLayout(folders.data).snapshots),
      ...compareFolders(reference.home, folders.home),
    ];
    assert.deepEqual(
      comparisons.flatMap(({ difference }) => difference ?? []),
      [],
    );
  };

  before(async () => {
    root = mkdtempSync(join(tmpdir(), 'tally-damage-'));
    const scene = await createScene({ folder: root, records: 3_000, seed: 'damage' });
    ({ reference, disturbed: killed } = scene);
    const { code, said } = await run(reference);
    assert.equal(code, 0, said);
    const tally = startTally({ ...killed, billing: null, recordsPerSecond: PACE });
    await tally.ready;
    await delay(700);
    tally.kill('SIGKILL');
    await tally.ended;
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  test('a flipped bit in the log is refused with file, byte and remedy, and nothing is changed', async () => {
    const folders = copyOf(killed, 'flipped-log');
    const file = segmentOf(folders);
    const log = readFileSync(file);
    const ends = frameEnds(log);
    const frame = Math.floor(ends.length / 2);
    const at = Math.floor((ends[frame - 1]! + ends[frame]!) / 2);
    log[at]! ^= 0x10;
    writeFileSync(file, log);
    const { code, said } = await run(folders);
    assert.equal(code, 1);
    assert.match(
      said,
      new RegExp(`LOG_DAMAGED.*${SEGMENT} at byte ${ends[frame - 1]!}: .*restore it from a copy`),
    );
    assert.deepEqual(readFileSync(file), log);
  });

  test('a log that lost what was durable is refused', async () => {
    const folders = copyOf(killed, 'short-log');
    const file = segmentOf(folders);
    const { last, mark } = DurableMark.open(dataLayout(folders.data).log);
    mark.close();
    truncateSync(file, last!.position - 5);
    const { code, said } = await run(folders);
    assert.equal(code, 1);
    assert.match(
      said,
      new RegExp(`${SEGMENT} at byte \\d+: the log was durable up to byte ${last!.position}`),
    );
    assert.equal(statSync(file).size, last!.position - 5);
  });

  test('a torn write at the end of the log is named and cut, and the run goes on to the right end', async () => {
    const folders = copyOf(killed, 'torn-log');
    const file = segmentOf(folders);
    const log = readFileSync(file);
    const ends = frameEnds(log);
    const end = ends.at(-1)!;
    truncateSync(file, end);
    // The beginning of a transaction, as a kill in the middle of a write leaves it.
    const torn = log.subarray(ends.at(-2), ends.at(-2)! + 10);
    appendFileSync(file, torn);
    const { code, said } = await run(folders);
    assert.equal(code, 0, said);
    assert.ok(
      said.includes(`${file}: ${torn.length} bytes of an unfinished write at ${end} were cut off`),
      said,
    );
    await assertLikeReference(folders);
  });

  for (const [what, damage] of [
    ['flipped', (bytes: Buffer) => ((bytes[bytes.length >> 1]! ^= 1), bytes)],
    ['torn', (bytes: Buffer) => bytes.subarray(0, bytes.length - 7)],
  ] as const) {
    test(`a ${what} snapshot is named with its byte, set aside, and the state comes from the log`, async () => {
      const folders = copyOf(reference, `${what}-snapshot`);
      const { snapshots } = dataLayout(folders.data);
      const name = readdirSync(snapshots, { recursive: true, encoding: 'utf8' }).find((path) =>
        /^rate\/0\/.*\.snapshot$/.test(path),
      )!;
      const file = join(snapshots, name);
      writeFileSync(file, damage(readFileSync(file)));
      const { code, said } = await run(folders);
      assert.equal(code, 0, said);
      assert.ok(said.includes(`snapshot ${file} is not used: `), said);
      assert.match(said, /is not used: .*\.snapshot: byte \d+: /);
      assert.ok(readdirSync(join(file, '..')).includes(`${name.slice(name.lastIndexOf('/') + 1)}.invalid`));
      await assertLikeReference(folders);
    });
  }
});
