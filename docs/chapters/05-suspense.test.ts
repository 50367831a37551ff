/**
 * Chapter 5: Suspense
 *
 * A record that is genuine but cannot be rated is held, with a code and a reason. It is never rated at zero, never dropped and never edited. What
 * is missing is nearly always in the catalog or in the subscriptions; so those are corrected, and the record is processed again.
 *
 * This chapter shows why records are held, what cures them, and why a record that was held is not taken for a duplicate when it comes again. The
 * codes have a page each in docs/runbooks.
 *
 * In this version suspended records are kept in usage.suspended and in the table `suspended`, and no command reads them back: they come again
 * in a new file from the source, as here. See "Limits" in docs/operations.md.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { TOPICS } from '../../streams/workers/topics.ts';
import { errorRecords, ratedCharges, suspendedRecords } from './support/decoded.ts';
import {
  callFile,
  catalogFiles,
  loadNorthwind,
  PRICE_FOR_JAPAN,
  subscriptionLine,
  SUBSCRIPTIONS,
} from './support/northwind.ts';
import { Site } from './support/site.ts';

const SWITCH = { platform: 'switch-1', serviceType: 'VOICE', recordType: 'POSTPAID' };
const at = { date: '05/10/2026', time: '10:00:00', seconds: 60 };

/** A call to Japan, which no zone of the catalog holds; a call of a customer that nobody knows; a call of last month's file. */
const toJapan = { id: 'C-1', from: '+447911000001', to: '+81312345678', ...at };
const ofStranger = { id: 'C-2', from: '+447911000009', to: '+441632960111', ...at };
const tooOld = { id: 'C-3', from: '+447911000001', to: '+441632960111', ...at, date: '05/07/2026' };

const site = await Site.create();
after(() => site.close());

test('a record that cannot be guided or rated is held with a code and a reason', async () => {
  site.deliver(SWITCH, '20261006_switch-1_0001.csv', callFile([toJapan, ofStranger, tooOld]));
  await site.work(loadNorthwind());

  assert.deepEqual(site.messages(TOPICS.suspended).flatMap(suspendedRecords).sort(), [
    '2: NO_ZONE +81312345678 is in no zone of the offer for VOICE',
    '3: SVC_NOT_FOUND No subscription has the VOICE service +447911000009',
    "4: USAGE_TOO_OLD Started 2026-07-05T09:00:00.000Z, more than 40 days before the file's date",
  ]);
  assert.deepEqual(site.messages(TOPICS.rated), [], 'nothing is rated at zero by silence');
});

/** The cure of the first two: a zone with a price for Japan, and the new customer's subscription. */
const repaired = loadNorthwind(catalogFiles(...PRICE_FOR_JAPAN), [
  ...SUBSCRIPTIONS,
  subscriptionLine({ account: 'A-300', subscription: 'S-300', plan: 'PERSONAL' }, '+447911000009'),
]);

test('after the repair and a restart the records are rated when they come again', async () => {
  // Another file: the gateway would refuse the same bytes a second time (FILE_DUPLICATE).
  site.deliver(SWITCH, '20261007_switch-1_0001.csv', callFile([toJapan, ofStranger]));
  await site.work(repaired);

  const charges = site.messages(TOPICS.rated).flatMap(ratedCharges);
  assert.deepEqual(
    charges.map(({ record, subscription, zone, amount }) => [record, subscription, zone, amount]),
    [
      [2, 'S-100', 'ASIA', '0.4'],
      // From the private customer's allowance.
      [3, 'S-300', 'UK_FIXED', '0'],
    ],
  );
});

test('only now are they remembered, so a further copy is a duplicate', async () => {
  // A fingerprint is kept in the transaction that rates its record (docs/adr/0003): holding a record blocks no copy of it.
  site.deliver(SWITCH, '20261008_switch-1_0001.csv', callFile([ofStranger, toJapan]));
  await site.work(repaired);

  assert.equal(site.messages(TOPICS.rated).flatMap(ratedCharges).length, 2);
  assert.deepEqual(
    site
      .messages(TOPICS.errors)
      .flatMap(errorRecords)
      .map((text) => text.split(' ').slice(0, 3).join(' ')),
    ['2: DUPLICATE DUPLICATE_RECORD', '3: DUPLICATE DUPLICATE_RECORD'],
  );
});
