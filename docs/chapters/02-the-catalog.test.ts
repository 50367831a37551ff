/**
 * Chapter 2: The catalog
 *
 * All that Tallystream knows of a carrier stands in one folder: YAML files that describe formats, rules and prices, and JSON lines with the
 * subscriptions. Every key is described in schemas/catalog/REFERENCE.md, which is made from the schemas. This chapter loads the
 * demo's catalog and then spoils it.
 *
 * On the command line the same check is `tally validate --catalog <folder>`; `tally run` makes it before anything else and does not start
 * with a catalog that has errors.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFault } from '../../schemas/catalog/catalog-fault.ts';
import { parseCatalog } from '../../schemas/catalog/load-catalog.ts';
import { parseSubscriptions } from '../../schemas/catalog/load-subscriptions.ts';
import { catalogFiles, subscriptionLine } from './support/northwind.ts';
import type { Edit } from './support/northwind.ts';

/** Faults of the demo's catalog after some edits, as the command line prints them. */
function faultsAfter(...edits: readonly Edit[]): string[] {
  const result = parseCatalog(catalogFiles(...edits));
  return (result.ok ? result.warnings : result.faults).map(formatFault);
}

test('a catalog is one document, spread over as many files as you like', () => {
  const files = catalogFiles();
  assert.deepEqual(files.map(({ path }) => path).sort(), ['client.yaml', 'mediation.yaml', 'pricing.yaml']);

  const result = parseCatalog(files);
  assert.ok(result.ok);
  assert.equal(result.catalog.client.name, 'Northwind Mobile');
  assert.deepEqual(
    result.catalog.streams.map(({ platform, mapping }) => `${platform} sends ${mapping}`),
    ['switch-1 sends uk-standard-cdr', 'smsc-1 sends smsc-fixed', 'ggsn-1 sends ggsn-json'],
  );
});

test('its version names its meaning, and every rated record carries it', () => {
  const version = (...edits: readonly Edit[]): string => {
    const result = parseCatalog(catalogFiles(...edits));
    assert.ok(result.ok);
    return result.version;
  };
  assert.match(version(), /^[0-9a-f]{12}$/);
  // A comment changes nothing; a price changes everything.
  assert.equal(version(['client:\n', '# Edited in spring.\nclient:\n']), version());
  assert.notEqual(version(["price: '0.04'", "price: '0.05'"]), version());
});

test('a fault names file, line, column, path, and the name that was probably meant', () => {
  const edit: Edit = ['mapping: uk-standard-cdr,', 'mapping: uk-standard-cdrs,'];
  const lines = catalogFiles(edit)
    .find(({ path }) => path === 'mediation.yaml')!
    .text.split('\n');
  const line = lines.findIndex((text) => text.includes(edit[1]));
  const column = lines[line]!.indexOf('uk-standard-cdrs');

  assert.deepEqual(faultsAfter(edit), [
    `mediation.yaml:${line + 1}:${column + 1} error: streams[0].mapping: unknown mapping "uk-standard-cdrs", did you mean "uk-standard-cdr"? (REFERENCE_UNKNOWN)`,
  ]);
});

test('all faults come at once, expressions included', () => {
  const faults = faultsAfter(
    ['when: duration = 0', 'when: durration = 0'],
    ['sms-flat, data-metered]', 'sms-flat, data-metred]'],
  );
  assert.equal(faults.length, 2);
  assert.match(
    faults[0]!,
    /^mediation\.yaml:\d+:\d+ error: rules\[0\]\.when: .*durration.*EXPRESSION_INVALID/,
  );
  assert.match(faults[1]!, /^pricing\.yaml:\d+:\d+ error: plans\[0\]\.offers\[5\]: .*REFERENCE_UNKNOWN/);
});

test('what works but is probably not meant is a warning', () => {
  // Without its last class the time model has no class at night; calls then would be suspended with NO_TIME_CLASS.
  const edit: Edit = ['      - { id: OFFPEAK }\n', ''];
  const result = parseCatalog(catalogFiles(edit));
  assert.ok(result.ok, 'the catalog runs');
  assert.deepEqual(
    result.warnings.map(({ code }) => code),
    ['TIME_MODEL_GAPS'],
  );
});

test('subscriptions are checked in the same way, line by line', () => {
  const names = { plans: ['BUSINESS'], serviceTypes: ['VOICE', 'SMS', 'DATA'] };
  const good = subscriptionLine({ account: 'A-1', subscription: 'S-1', plan: 'BUSINESS' }, '+447911000001');
  const bad = subscriptionLine({ account: 'A-2', subscription: 'S-2', plan: 'BUISNESS' }, '+447911000002');
  const result = parseSubscriptions(`${good}\n${bad}\n`, 'subscriptions.jsonl', names);
  assert.ok(!result.ok);
  assert.match(formatFault(result.faults[0]!), /^subscriptions\.jsonl:2:\d+ error: .*BUISNESS.*"BUSINESS"/);
});
