import type { CatalogPath } from './catalog-fault.ts';
import { checkPrice } from './check-prices.ts';
import { checkDistinct, checkKnown, checkReference, named } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';
import type { UsageType } from './models.ts';
import type { Offer, OfferRow } from './offers.ts';
import { unitOf } from './rate-unit-of.ts';

function checkOfferedTypes(check: CrossCheck, { usageTypes }: Offer, path: CatalogPath): UsageType[] {
  const items = named(usageTypes, [...path, 'usageTypes']);
  checkDistinct(check, items, 'ITEM_TWICE', (name) => `the usage type "${name}"`);
  const found: UsageType[] = [];
  for (const { name, path: at } of items) {
    if (!checkReference(check, 'usageTypes', name, 'usage type', at)) continue;
    const type = check.view.list('usageTypes').byId.get(name)?.value;
    if (type?.multiRate !== undefined)
      check.report(
        'MULTI_RATE_PRICED',
        at,
        `"${name}" is multi-rate: price its charges, it has no price itself`,
      );
    else if (type !== undefined) found.push(type);
  }
  return found;
}

/** Checks that resources exist and count in the unit in which all the usage types are priced. */
function checkResources(
  check: CrossCheck,
  key: 'allowances' | 'accumulators',
  names: readonly string[],
  usageTypes: readonly UsageType[],
  path: CatalogPath,
): void {
  const what = key === 'allowances' ? 'allowance' : 'accumulator';
  const items = named(names, path);
  checkDistinct(check, items, 'ITEM_TWICE', (name) => `the ${what} "${name}"`);
  for (const { name, path: at } of items) {
    if (!checkReference(check, key, name, what, at)) continue;
    const unit = check.view.list(key).byId.get(name)?.value.unit ?? '';
    const other = usageTypes.find((usageType) => ![null, unit].includes(unitOf(check.view, usageType)));
    if (other === undefined || !check.view.list('units').ids.has(unit)) continue;
    const message = `${what} ${name} counts ${unit}, but ${other.id} is priced in ${unitOf(check.view, other)!}`;
    check.report('UNIT_MISMATCH', at, message);
  }
}

interface RowNames {
  readonly zones: ReadonlySet<string> | null;
  readonly timeClasses: ReadonlySet<string> | null;
}

/** Names that rows may use; null when the model is unreadable or unknown, which is a fault of its own. */
function namesOf({ view }: CrossCheck, offer: Offer): RowNames {
  const zoneModel = view.list('zoneModels').byId.get(offer.zoneModel ?? '')?.value;
  const timeModel = view.list('timeModels').byId.get(offer.timeModel ?? '')?.value;
  return {
    zones: zoneModel === undefined ? null : new Set(zoneModel.zones.map(({ id }) => id)),
    timeClasses: timeModel === undefined ? null : new Set(timeModel.classes.map(({ id }) => id)),
  };
}

function checkRowNames(
  check: CrossCheck,
  given: readonly string[] | undefined,
  known: ReadonlySet<string> | null,
  model: { readonly key: 'zoneModel' | 'timeModel'; readonly id: string | undefined; readonly what: string },
  path: CatalogPath,
): void {
  if (given === undefined) return;
  if (model.id === undefined)
    check.report(
      'REFERENCE_MISMATCH',
      path,
      `the offer has no ${model.key}, so no ${model.what} is ever known`,
    );
  else if (known !== null)
    for (const { name, path: at } of named(given, path))
      checkKnown(check, known, name, `${model.what} of ${model.id}`, at);
}

const MATCHED = [
  'zone',
  'timeClass',
  'callType',
  'network',
  'flex1',
  'flex2',
] as const satisfies (keyof OfferRow)[];

/** A row whose attributes an earlier row has too never wins: among equals the first listed applies. */
function checkReachable({ report, where }: CrossCheck, { rows }: Offer, path: CatalogPath): void {
  const seen = new Map<string, CatalogPath>();
  for (const [index, row] of rows.entries()) {
    const at = [...path, 'rows', index];
    const key = JSON.stringify(MATCHED.map((name) => [...(row[name] ?? ['any'])].sort()));
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, at);
    else
      report(
        'ROW_UNREACHABLE',
        at,
        `never applies: the row at ${where(earlier)} matches the same and comes first`,
      );
  }
}

function checkOffer(check: CrossCheck, offer: Offer, path: CatalogPath): void {
  const usageTypes = checkOfferedTypes(check, offer, path);
  const { zoneModel, timeModel } = offer;
  checkReference(check, 'currencies', offer.currency, 'currency', [...path, 'currency']);
  if (timeModel !== undefined)
    checkReference(check, 'timeModels', timeModel, 'time model', [...path, 'timeModel']);
  if (zoneModel !== undefined)
    checkReference(check, 'zoneModels', zoneModel, 'zone model', [...path, 'zoneModel']);
  checkResources(check, 'allowances', offer.allowances, usageTypes, [...path, 'allowances']);
  checkResources(check, 'accumulators', offer.accumulators, usageTypes, [...path, 'accumulators']);
  const names = namesOf(check, offer);
  for (const [index, row] of offer.rows.entries()) {
    const at = [...path, 'rows', index];
    const zones = { key: 'zoneModel', id: zoneModel, what: 'zone' } as const;
    const classes = { key: 'timeModel', id: timeModel, what: 'time class' } as const;
    checkRowNames(check, row.zone, names.zones, zones, [...at, 'zone']);
    checkRowNames(check, row.timeClass, names.timeClasses, classes, [...at, 'timeClass']);
    checkResources(check, 'allowances', row.allowances ?? [], usageTypes, [...at, 'allowances']);
    checkPrice(check, offer, row.price, [...at, 'price']);
  }
  checkReachable(check, offer, path);
}

/** Offers: what they price, in which unit and currency, and every row. */
export function checkOffers(check: CrossCheck): void {
  for (const { value, path } of check.view.list('offers').entries) checkOffer(check, value, path);
}
