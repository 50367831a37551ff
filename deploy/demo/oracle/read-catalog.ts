import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type {
  Catalog,
  Currency,
  LookupTable,
  Rule,
  Stream,
  TimeModel,
  UsageType,
  ZoneModel,
} from './catalog.ts';
import type { Rounding } from './numbers.ts';
import { rawNumber, rawObject, rawObjects, rawOptionalText, rawText, rawTexts, type Raw } from './raw.ts';
import { readMapping } from './read-mapping.ts';
import { readPlans } from './read-offers.ts';

/** Reads the catalog: the union of all YAML files directly in the folder, lists of the same name joined in the order of the file names. */
export function readCatalog(directory: string): Catalog {
  const texts = readdirSync(directory)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => readFileSync(join(directory, name), 'utf8'));
  return catalogFromTexts(texts);
}

/** The catalog from the texts of its YAML files. Throws on shapes that the catalog's documentation does not know. */
function catalogFromTexts(texts: readonly string[]): Catalog {
  const all = unite(texts);
  const client = rawObject(all['client'], 'client');
  return {
    clientId: rawText(client['id'], 'client.id'),
    clientTimeZone: rawText(client['timeZone'], 'client.timeZone'),
    streams: readStreams(all),
    usageTypes: byId(all, 'usageTypes', readUsageType),
    rateUnits: byId(all, 'rateUnits', (raw, path, id) => ({
      id,
      unit: rawText(raw['unit'], path),
      quantity: rawText(raw['quantity'], path),
    })),
    rateUnitMap: rawObjects(all['rateUnitMap'], 'rateUnitMap').map((row) => ({
      serviceType: rawText(row['serviceType'], 'rateUnitMap'),
      usageType: rawOptionalText(row['usageType'], 'rateUnitMap'),
      rateUnit: rawText(row['rateUnit'], 'rateUnitMap'),
    })),
    currencies: byId(all, 'currencies', readCurrency),
    lookupTables: byId(all, 'lookupTables', readLookupTable),
    timeModels: byId(all, 'timeModels', readTimeModel),
    zoneModels: byId(all, 'zoneModels', readZoneModel),
    plans: readPlans(all['plans'], all['offers']),
    duplicateWindowDays: rawNumber(
      rawObject(all['duplicates'] ?? {}, 'duplicates')['windowDays'],
      'duplicates.windowDays',
      45,
    ),
  };
}

function unite(texts: readonly string[]): Raw {
  const all: Raw = {};
  for (const text of texts) {
    for (const [key, value] of Object.entries(rawObject(parse(text), 'catalog file'))) {
      const known = all[key];
      all[key] =
        Array.isArray(known) && Array.isArray(value)
          ? [...(known as unknown[]), ...(value as unknown[])]
          : value;
    }
  }
  return all;
}

function byId<T>(all: Raw, key: string, read: (raw: Raw, path: string, id: string) => T): Map<string, T> {
  const result = new Map<string, T>();
  for (const raw of rawObjects(all[key], key)) {
    const id = rawText(raw['id'], `${key}.id`);
    result.set(id, read(raw, `${key}.${id}`, id));
  }
  return result;
}

function readStreams(all: Raw): Stream[] {
  const mappings = byId(all, 'mappings', readMapping);
  const rules = byId(all, 'rules', readRule);
  return rawObjects(all['streams'], 'streams').map((raw) => ({
    platform: rawText(raw['platform'], 'streams.platform'),
    serviceType: rawText(raw['serviceType'], 'streams.serviceType'),
    recordType: rawText(raw['recordType'], 'streams.recordType'),
    mapping: known(mappings, rawText(raw['mapping'], 'streams.mapping')),
    rules: rawTexts(raw['rules'], 'streams.rules').map((id) => known(rules, id)),
    maxAgeDays: rawNumber(raw['maxAgeDays'], 'streams.maxAgeDays', 40),
    futureDays: rawNumber(raw['futureDays'], 'streams.futureDays', 1),
  }));
}

function known<T>(map: Map<string, T>, id: string): T {
  const value = map.get(id);
  if (value === undefined) throw new Error(`the catalog names ${id} but does not define it`);
  return value;
}

function readRule(raw: Raw, path: string, id: string): Rule {
  const set = raw['set'] === undefined ? {} : rawObject(raw['set'], path);
  return {
    id,
    type: rawText(raw['type'], path),
    when: rawOptionalText(raw['when'], path),
    set: Object.entries(set).map(([attribute, text]) => [attribute, rawText(text, path)]),
  };
}

function readUsageType(raw: Raw, path: string, id: string): UsageType {
  const multi = raw['multiRate'] === undefined ? null : rawObject(raw['multiRate'], path);
  return {
    id,
    serviceType: rawText(raw['serviceType'], path),
    multiRate:
      multi === null
        ? null
        : {
            charges: rawTexts(multi['charges'], path),
            invoice: rawOptionalText(multi['invoice'], path) ?? 'parent',
            quantityFrom: rawText(multi['quantityFrom'], path),
          },
  };
}

function readRounding(value: unknown, path: string): Rounding {
  const raw = rawObject(value, path);
  return { mode: rawText(raw['mode'], path), decimals: rawNumber(raw['decimals'], path, 0) };
}

function readCurrency(raw: Raw, path: string, id: string): Currency {
  return { id, rounding: readRounding(raw['rounding'], path), billing: readRounding(raw['billing'], path) };
}

function readLookupTable(raw: Raw, path: string): LookupTable {
  const entries = Object.entries(rawObject(raw['entries'], path));
  return {
    byDefault: rawOptionalText(raw['default'], path),
    entries: new Map(entries.map(([key, value]) => [key, rawText(value, path)])),
  };
}

function readTimeModel(raw: Raw, path: string): TimeModel {
  return {
    timeZone: rawText(raw['timeZone'], path),
    holidays: rawTexts(raw['holidays'], path),
    classes: rawObjects(raw['classes'], path).map((one) => ({
      id: rawText(one['id'], path),
      days: one['days'] === undefined ? null : rawTexts(one['days'], path),
      holiday: one['holiday'] === undefined ? null : one['holiday'] === true,
      from: rawOptionalText(one['from'], path),
      to: rawOptionalText(one['to'], path),
    })),
  };
}

function readZoneModel(raw: Raw, path: string): ZoneModel {
  return {
    number: rawOptionalText(raw['number'], path) ?? 'calledNumber',
    zones: rawObjects(raw['zones'], path).map((zone) => ({
      id: rawText(zone['id'], path),
      prefixes: rawTexts(zone['prefixes'], path),
    })),
  };
}
