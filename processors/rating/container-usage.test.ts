import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContainerView } from '../../schemas/codec/generated/views.ts';
import { writeContainer } from '../../schemas/codec/generated/writers.ts';
import { ContainerUsage } from './container-usage.ts';
import { Attribute } from './usage-reader.ts';

const TEXTS = [
  ...(['usageType', 'serviceId', 'callingNumber', 'calledNumber', 'callType'] as const),
  ...(['network', 'apn', 'flex1', 'flex2', 'flex3', 'flex4'] as const),
];
const NUMBERS = ['duration', 'volumeUp', 'volumeDown', 'units', 'wholesaleAmount'] as const;

test('every attribute that rating reads comes from its own field of the container', () => {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, `ü ${name}`])) as Record<
    (typeof TEXTS)[number],
    string
  >;
  const numbers = Object.fromEntries(NUMBERS.map((name, index) => [name, index + 7])) as Record<
    (typeof NUMBERS)[number],
    number
  >;
  const out = Buffer.alloc(2000);
  writeContainer(out, 100, {
    ...{ recordNumber: 1, startTime: 42, endTime: 43, uniqueKey: Buffer.alloc(16), sourceRecordId: 'source' },
    ...{ description: 'words', late: false, accountId: '', subscriptionId: '', balanceGroupId: '' },
    ...texts,
    ...numbers,
  });
  const view = new ContainerView();
  view.decode(out, 100);
  const usage = new ContainerUsage(view);
  assert.equal(usage.startTime, 42);
  for (const name of TEXTS) {
    assert.equal(usage.text(Attribute[name]), texts[name]);
    assert.equal(
      usage.buffer.toString('utf8', usage.start(Attribute[name]), usage.end(Attribute[name])),
      texts[name],
    );
  }
  for (const name of NUMBERS) assert.equal(usage.number(Attribute[name]), numbers[name]);
});
