import { BalanceGrants } from '../guiding/balance-grants.ts';
import { BillingCycles } from '../guiding/billing-cycle.ts';
import type { ServiceDirectory } from '../guiding/service-directory.ts';
import { ZoneOffsets } from '../calendar/zone-offsets.ts';
import { Suspense } from '../suspense/suspense-code.ts';
import { BalanceScratch } from './balance-scratch.ts';
import type { Balances } from './balances.ts';
import { ChargePricing } from './charge-pricing.ts';
import type { CompiledCatalog, CompiledOffer } from './compiled-catalog.ts';
import { steppedQuantity } from './increments.ts';
import type { RatedCharge, RatingResult } from './rating-result.ts';
import type { CompiledRow } from './row-matcher.ts';
import { Attribute } from './usage-reader.ts';
import type { UsageReader } from './usage-reader.ts';

/** Rates guided records against a compiled catalog (docs/rules.md 7). One per worker; not reentrant. */
export class Rater {
  /** Usage type, of the catalog's numbers, at which the last record failed; -1 when it was unknown or the record was rated. */
  failedUsageType = -1;
  private readonly catalog: CompiledCatalog;
  private readonly directory: ServiceDirectory;
  private readonly cycles: BillingCycles;
  private readonly scratch: BalanceScratch;
  private readonly pricing: ChargePricing;
  private zone = -1;
  private timeClass = -1;
  private row: CompiledRow | null = null;

  constructor(catalog: CompiledCatalog, directory: ServiceDirectory) {
    this.catalog = catalog;
    this.directory = directory;
    this.cycles = new BillingCycles(new ZoneOffsets(catalog.timeZone));
    this.scratch = new BalanceScratch(
      catalog.resources,
      new BalanceGrants(directory, this.cycles, catalog.grants),
    );
    this.pricing = new ChargePricing(catalog.resources, this.scratch);
  }

  /**
   * Rates a record for the subscription that it was guided to. Returns 0 with charges and impacts in `result` and the balances
   * changed, or the number of a suspense code with an empty result and the balances as they were.
   */
  rate(usage: UsageReader, subscription: number, balances: Balances, result: RatingResult): number {
    result.clear();
    this.failedUsageType = -1;
    const { catalog, directory, scratch } = this;
    const start = usage.start(Attribute.usageType);
    const usageType = catalog.usageTypeIds.find(0, usage.buffer, start, usage.end(Attribute.usageType));
    if (usageType < 0) return Suspense.USAGE_TYPE_UNKNOWN;
    const cycle = this.cycles.cycleOf(usage.startTime, directory.billCycleDay(subscription));
    scratch.begin(directory.group(subscription), cycle, balances);
    const firstOffer = directory.plan(subscription) * catalog.usageTypes.length;
    const { charges } = catalog.usageTypes[usageType]!;
    for (let index = 0; index < charges.length; index++) {
      const charged = charges[index]!;
      const code = this.rateCharge(usage, charged, catalog.offers[firstOffer + charged]!, cycle, result);
      if (code !== 0) return this.fail(code, charged, result);
    }
    scratch.commit();
    return 0;
  }

  /** The steps 1 to 8 of the rules, for one charge. */
  private rateCharge(
    usage: UsageReader,
    usageType: number,
    offer: CompiledOffer | null,
    cycle: number,
    result: RatingResult,
  ): number {
    const { id, rateUnit } = this.catalog.usageTypes[usageType]!;
    if (rateUnit === null) return Suspense.NO_RATE_UNIT;
    const raw = rateUnit.quantity.evaluate(usage);
    if (!(raw >= 0)) return Suspense.QTY_INVALID;
    if (offer === null) return Suspense.NO_PRICE_OFFER;
    const quantity = offer.increments === null ? raw : steppedQuantity(raw, offer.increments);
    if (Number.isNaN(quantity)) return Suspense.AMOUNT_OVERFLOW;
    const code = this.findRow(usage, offer);
    if (code !== 0) return code;
    const row = this.row!;
    const charge = result.addCharge();
    charge.usageTypeNumber = usageType;
    charge.usageType = id;
    charge.offerId = offer.id;
    charge.model = row.model;
    charge.billUnit = this.cycles.billUnit(cycle);
    charge.rawQuantity = raw;
    charge.quantity = quantity;
    charge.unit = rateUnit.unit;
    charge.currency = this.catalog.resources[offer.currency]!.id;
    if (this.timeClass >= 0) charge.timeClass = offer.times!.ids[this.timeClass]!;
    if (this.zone >= 0) charge.zone = offer.zones!.ids[this.zone]!;
    return this.price(result, charge, offer, row);
  }

  /** Zone, time class and row, left in the fields of the same names. */
  private findRow(usage: UsageReader, offer: CompiledOffer): number {
    const { zones, times } = offer;
    this.zone = -1;
    this.timeClass = -1;
    if (zones !== null) {
      this.zone = zones.trie.find(usage.buffer, usage.start(zones.attribute), usage.end(zones.attribute));
      if (this.zone < 0) return Suspense.NO_ZONE;
    }
    if (times !== null) {
      this.timeClass = times.classes.find(usage.startTime);
      if (this.timeClass < 0) return Suspense.NO_TIME_CLASS;
    }
    this.row = offer.rows.find(usage, this.zone, this.timeClass);
    return this.row === null ? Suspense.NO_ATTRIBUTE_MATCH : 0;
  }

  private price(result: RatingResult, charge: RatedCharge, offer: CompiledOffer, row: CompiledRow): number {
    const { pricing } = this;
    pricing.begin(result, charge, offer, row);
    if (charge.quantity === 0 && offer.zeroIsFree) {
      pricing.fee(0);
      return pricing.overflowed ? Suspense.AMOUNT_OVERFLOW : 0;
    }
    const code = row.price.charge(pricing);
    if (code !== 0) return code;
    return pricing.overflowed ? Suspense.AMOUNT_OVERFLOW : 0;
  }

  private fail(code: number, usageType: number, result: RatingResult): number {
    this.failedUsageType = usageType;
    result.clear();
    return code;
  }
}
