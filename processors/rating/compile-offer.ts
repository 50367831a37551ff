import type { Offer, OfferRow } from '../../schemas/catalog/offers.ts';
import type { Rounding } from '../../schemas/catalog/primitives.ts';
import { encodeText } from '../../schemas/codec/avro-writer.ts';
import type { CatalogFaults, CatalogNames } from './catalog-names.ts';
import type { CompiledOffer, CompiledTimes, CompiledZones } from './compiled-catalog.ts';
import type { CompiledModels } from './compile-models.ts';
import { compilePrice } from './models/pricing-models.ts';
import type { PriceContext } from './models/pricing-model.ts';
import { ACCUMULATOR, ALLOWANCE, CURRENCY } from './resource-kind.ts';
import { RowMatcher, TextCondition } from './row-matcher.ts';
import type { CompiledRow } from './row-matcher.ts';
import { UnitRate } from './unit-rate.ts';
import { Attribute } from './usage-reader.ts';

const TEXT_ATTRIBUTES = ['callType', 'network', 'flex1', 'flex2'] as const;

/** An offer as rating uses it. Faults are noted; the offer is then not to be used. */
export function compileOffer(
  offer: Offer,
  names: CatalogNames,
  models: CompiledModels,
  faults: CatalogFaults,
): CompiledOffer {
  const where = `offer ${offer.id}`;
  const zones = models.zones(offer.zoneModel, where);
  const times = models.times(offer.timeModel, where);
  const currency = names.resource(CURRENCY, offer.currency, where);
  const accumulators = offer.accumulators.map((id) => names.resource(ACCUMULATOR, id, where));
  const rounding = names.resources[currency]!.currency!.rounding;
  const rows = offer.rows.map((row, index): CompiledRow => {
    const context = new OfferRowContext(`${where}, row ${index + 1}`, names, faults, accumulators, rounding);
    return {
      ...matchOf(row, zones, times, context),
      model: encodeText(row.price.model),
      price: compilePrice(row.price, context),
      allowances: (row.allowances ?? offer.allowances).map((id) =>
        names.resource(ALLOWANCE, id, context.where),
      ),
    };
  });
  return {
    id: encodeText(offer.id),
    currency,
    zones,
    times,
    increments: offer.increments ?? null,
    zeroIsFree: offer.zeroUsage === 'free',
    accumulators,
    rows: new RowMatcher(rows, zones?.ids.length ?? 0, times?.ids.length ?? 0),
  };
}

class OfferRowContext implements PriceContext {
  readonly where: string;
  private readonly names: CatalogNames;
  private readonly faults: CatalogFaults;
  private readonly accumulators: readonly number[];
  private readonly rounding: Rounding;

  constructor(
    where: string,
    names: CatalogNames,
    faults: CatalogFaults,
    accumulators: readonly number[],
    rounding: Rounding,
  ) {
    this.where = where;
    this.names = names;
    this.faults = faults;
    this.accumulators = accumulators;
    this.rounding = rounding;
  }

  fault(message: string): void {
    this.faults.add(this.where, message);
  }

  rate(price: number, per: number): UnitRate {
    return new UnitRate(price, per, this.rounding);
  }

  movedAccumulator(id: string): number {
    const number = this.names.resource(ACCUMULATOR, id, this.where);
    // A reference that the offer does not move would never leave its first tier (usage operations 5.4).
    if (!this.accumulators.includes(number))
      this.fault(`the offer must list accumulator ${id}, its tiers refer to it`);
    return number;
  }

  usageType(id: string): number {
    return this.names.usageType(id, this.where);
  }
}

function matchOf(
  row: OfferRow,
  zones: CompiledZones | null,
  times: CompiledTimes | null,
  context: PriceContext,
): Pick<CompiledRow, 'zones' | 'timeClasses' | 'conditions'> {
  const conditions = TEXT_ATTRIBUTES.flatMap((name) => {
    const values = row[name];
    return values === undefined ? [] : [new TextCondition(Attribute[name], values)];
  });
  return {
    zones: placesOf('zone', row.zone, zones?.ids, context),
    timeClasses: placesOf('time class', row.timeClass, times?.ids, context),
    conditions,
  };
}

function placesOf(
  what: string,
  given: readonly string[] | undefined,
  ids: readonly { readonly text: string }[] | undefined,
  context: PriceContext,
): ReadonlySet<number> | null {
  if (given === undefined) return null;
  if (ids === undefined) {
    context.fault(`a ${what} is given, but the offer has no model for it`);
    return null;
  }
  const wanted = new Set(given);
  const places = new Set<number>();
  ids.forEach(({ text }, place) => wanted.has(text) && places.add(place));
  for (const place of places) wanted.delete(ids[place]!.text);
  for (const id of wanted) context.fault(`the offer's model has no ${what} ${id}`);
  return places;
}
