import { textOf } from './attributes.ts';
import { Balances, type Place } from './balances.ts';
import type { Catalog, Offer, Plan, RateUnit, UsageType } from './catalog.ts';
import { bestRow, timeClassOf, zoneOf } from './classify.ts';
import { asAttribute, type Expressions } from './expressions.ts';
import { cycleAt } from './guide.ts';
import { ImpactWriter } from './impacts.ts';
import type { Zones } from './local-time.ts';
import { inRange, plain, QUANTITY_DECIMALS, ZERO, type Exact } from './numbers.ts';
import type { ParsedRecord } from './parse-record.ts';
import { portionsOf } from './portions.ts';
import type { Directory, Subscription } from './read-subscriptions.ts';
import type { Charge } from './results.ts';

/** A charge as text, with the exact numbers that later steps add up. */
export interface RatedCharge {
  charge: Charge;
  quantity: Exact;
  gross: Exact;
  amount: Exact;
}

export type Rating = { charges: RatedCharge[] } | { code: string };

/** One record under rating. */
interface Job {
  record: ParsedRecord;
  plan: Plan | undefined;
  place: Place;
  charges: RatedCharge[];
}

/** Rates guided records in the order in which it is given them (docs/rules.md section 7). */
export class Rater {
  readonly balances: Balances;
  readonly #catalog: Catalog;
  readonly #expressions: Expressions;
  readonly #zones: Zones;

  constructor(catalog: Catalog, directory: Directory, expressions: Expressions, zones: Zones) {
    this.#catalog = catalog;
    this.#expressions = expressions;
    this.#zones = zones;
    this.balances = new Balances(catalog.plans, directory.groups);
  }

  rate(record: ParsedRecord, subscription: Subscription): Rating {
    const zone = this.#zones.get(this.#catalog.clientTimeZone);
    const cycle = cycleAt(zone, subscription.billCycleDay, record.startTime);
    const plan = this.#catalog.plans.get(subscription.plan);
    const job: Job = { record, plan, place: { balanceGroup: subscription.balanceGroup, cycle }, charges: [] };
    const usageType = this.#usageType(textOf(record.container, 'usageType'));
    for (const id of usageType.multiRate?.charges ?? [usageType.id]) {
      const result = this.#charge(job, this.#usageType(id));
      if (typeof result === 'string') {
        this.balances.rollback();
        return { code: result };
      }
      job.charges.push(result);
    }
    this.balances.commit();
    return { charges: job.charges };
  }

  #usageType(id: string): UsageType {
    const usageType = this.#catalog.usageTypes.get(id);
    if (usageType === undefined) throw new Error(`unknown usage type ${id}`);
    return usageType;
  }

  /** One charge, or the code of the first step that fails. */
  #charge(job: Job, usageType: UsageType): RatedCharge | string {
    const rateUnit = this.#rateUnit(usageType);
    if (rateUnit === null) return 'NO_RATE_UNIT';
    const value = this.#expressions.evaluate(rateUnit.quantity, job.record.container);
    const raw = value === null ? null : asAttribute(value, QUANTITY_DECIMALS);
    if (raw === null || raw.lt(0)) return 'QTY_INVALID';
    const offer = job.plan?.offers.find((one) => one.usageTypes.includes(usageType.id));
    if (offer === undefined) return 'NO_PRICE_OFFER';
    const quantity = ratedQuantity(offer, raw);
    if (!inRange(quantity, QUANTITY_DECIMALS)) return 'AMOUNT_OVERFLOW';
    return this.#price(job, { usageType, offer, raw, quantity, unit: rateUnit.unit });
  }

  #rateUnit(usageType: UsageType): RateUnit | null {
    const rows = this.#catalog.rateUnitMap.filter((row) => row.serviceType === usageType.serviceType);
    const row =
      rows.find((one) => one.usageType === usageType.id) ?? rows.find((one) => one.usageType === null);
    return row === undefined ? null : (this.#catalog.rateUnits.get(row.rateUnit) ?? null);
  }

  #price(
    job: Job,
    {
      usageType,
      offer,
      raw,
      quantity,
      unit,
    }: { usageType: UsageType; offer: Offer; raw: Exact; quantity: Exact; unit: string },
  ): RatedCharge | string {
    const zone = this.#zone(offer, job.record);
    if (zone === null) return 'NO_ZONE';
    const timeClass = this.#timeClass(offer, job.record);
    if (timeClass === null) return 'NO_TIME_CLASS';
    const row = bestRow(offer.rows, (name) => {
      if (name === 'zone') return zone;
      return name === 'timeClass' ? timeClass : textOf(job.record.container, name);
    });
    if (row === null) return 'NO_ATTRIBUTE_MATCH';

    const writer = new ImpactWriter(this.balances, job.place, offer, row.allowances);
    if (quantity.isZero() && offer.zeroUsage === 'free') {
      writer.free();
    } else {
      const portions = portionsOf(row.price, quantity, {
        rounding: this.#rounding(offer.currency),
        reference: this.#reference(job, row.price.reference),
        basis: basisOf(job.charges, row.price),
      });
      if (portions === null) return 'TIER_GAP';
      for (const portion of portions) writer.portion(portion);
    }
    if (writer.overflow()) return 'AMOUNT_OVERFLOW';
    const charge: Charge = {
      chargeNumber: job.charges.length + 1,
      ...{ usageType: usageType.id, offerId: offer.id, model: row.price.model, zone, timeClass },
      ...{ billUnit: job.place.cycle.billUnit, rawQuantity: plain(raw), quantity: plain(quantity), unit },
      ...{ currency: offer.currency, gross: plain(writer.gross), amount: plain(writer.amount) },
      impacts: writer.impacts,
    };
    return { charge, quantity, gross: writer.gross, amount: writer.amount };
  }

  /** Empty when the offer has no zone model; null when no zone matches. */
  #zone(offer: Offer, record: ParsedRecord): string | null {
    if (offer.zoneModel === null) return '';
    const model = this.#catalog.zoneModels.get(offer.zoneModel);
    return model === undefined ? null : zoneOf(model, textOf(record.container, model.number));
  }

  /** Empty when the offer has no time model; null when no class matches. */
  #timeClass(offer: Offer, record: ParsedRecord): string | null {
    if (offer.timeModel === null) return '';
    const model = this.#catalog.timeModels.get(offer.timeModel);
    return model === undefined ? null : timeClassOf(model, this.#zones.get(model.timeZone), record.startTime);
  }

  #reference(job: Job, accumulator: string | null): Exact {
    return accumulator === null
      ? ZERO
      : this.balances.readBeforeRecord('ACCUMULATOR', job.place, accumulator);
  }

  #rounding(currency: string) {
    const known = this.#catalog.currencies.get(currency);
    if (known === undefined) throw new Error(`unknown currency ${currency}`);
    return known.rounding;
  }
}

/** The smallest first + n × following that reaches the quantity, at least the minimum; zero stays zero. */
export function ratedQuantity(offer: Pick<Offer, 'increments'>, quantity: Exact): Exact {
  if (quantity.isZero() || offer.increments === null) return quantity;
  const { minimum, first, following } = offer.increments;
  let rated = first;
  if (quantity.gt(first)) rated = first.plus(following.times(quantity.minus(first).div(following).ceil()));
  return rated.lt(minimum) ? minimum : rated;
}

function basisOf(charges: readonly RatedCharge[], price: { of: string[]; basis: string }): Exact {
  let sum = ZERO;
  for (const { charge, gross, amount } of charges) {
    if (price.of.includes(charge.usageType)) sum = sum.plus(price.basis === 'gross' ? gross : amount);
  }
  return sum;
}
