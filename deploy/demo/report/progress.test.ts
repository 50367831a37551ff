import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '../../../streams/engine/clock.ts';
import { createProgress } from './progress.ts';

function watched(isTerminal: boolean, width = 100) {
  const clock = manualClock(1000);
  const written: string[] = [];
  const output = { isTerminal, width, write: (text: string) => written.push(text) };
  return { clock, written, progress: createProgress({ output, clock }) };
}

test('should redraw one line on a terminal with share, rate and time left', () => {
  const { clock, written, progress } = watched(true);
  progress.start('Rating', 1000, 'records');
  clock.advance(500);
  progress.update(250);
  assert.equal(
    written.at(-1),
    '\r\u001b[KRating  ██████░░░░░░░░░░░░░░░░░░  25 %  250 of 1,000 records  500/s  1.5 s left',
  );
  clock.advance(1500);
  progress.finish(1000);
  assert.equal(written.at(-1), '\r\u001b[KRating: 1,000 records in 2.0 s, 500/s\n');
});

test('should write plain lines every few seconds elsewhere', () => {
  const { clock, written, progress } = watched(false);
  progress.start('Rating', 100_000, 'records');
  for (let i = 1; i <= 120; i++) {
    clock.advance(100);
    progress.update(i * 100);
  }
  progress.finish(12_000);
  assert.deepEqual(written, [
    'Rating    5 %  5,000 of 100,000 records  1,000/s  95.0 s left\n',
    'Rating   10 %  10,000 of 100,000 records  1,000/s  90.0 s left\n',
    'Rating: 12,000 records in 12.0 s, 1,000/s\n',
  ]);
});

test('should not redraw more often than people can read', () => {
  const { clock, written, progress } = watched(true);
  progress.start('Rating', 100_000, 'records');
  for (let i = 0; i < 1000; i++) {
    clock.advance(1);
    progress.update(i);
  }
  assert.ok(written.length <= 12, String(written.length));
});

test('should never write past the width of the terminal', () => {
  const { clock, written, progress } = watched(true, 40);
  progress.start('A stage with a long name', 1_000_000, 'records');
  clock.advance(1000);
  progress.update(10);
  assert.ok(written.every((text) => text.replace('\r\u001b[K', '').length < 40));
});

test('should follow a rate that changes', () => {
  const { clock, written, progress } = watched(true);
  progress.start('Rating', null, 'records');
  let done = 0;
  const run = (perSecond: number, seconds: number) => {
    for (let i = 0; i < seconds * 10; i++) {
      clock.advance(100);
      progress.update((done += perSecond / 10));
    }
  };
  run(1000, 10);
  run(9000, 30);
  assert.match(written.at(-1)!, / 9,000\/s$/);
});

test('should count without a share when the total is unknown, and take nothing after the end', () => {
  const { clock, written, progress } = watched(false);
  progress.update(5);
  progress.finish();
  assert.deepEqual(written, []);
  progress.start('Watching', null, 'files');
  clock.advance(6000);
  progress.update(60);
  assert.deepEqual(written, ['Watching  60 files  10/s\n']);
});
