import type { Offer, OfferRow, Plan, Price } from './catalog.ts';
import { Exact, ZERO } from './numbers.ts';
import { rawDecimal, rawObject, rawObjects, rawOptionalText, rawText, rawTexts, type Raw } from './raw.ts';

const ROW_ATTRIBUTES = ['zone', 'timeClass', 'callType', 'network', 'flex1', 'flex2'];
const ONE = new Exact(1);

/** Plans with their offers in the order in which the plan lists them. */
export function readPlans(plans: unknown, offers: unknown): Map<string, Plan> {
  const known = new Map<string, Offer>();
  for (const raw of rawObjects(offers, 'offers')) {
    const offer = readOffer(raw);
    known.set(offer.id, offer);
  }
  const result = new Map<string, Plan>();
  for (const raw of rawObjects(plans, 'plans')) {
    const id = rawText(raw['id'], 'plans.id');
    result.set(id, {
      id,
      offers: rawTexts(raw['offers'], id).flatMap((offerId) => {
        const offer = known.get(offerId);
        if (offer === undefined) throw new Error(`plan ${id} names the unknown offer ${offerId}`);
        return [offer];
      }),
      grants: rawObjects(raw['grants'], id).map((grant) => ({
        allowance: rawText(grant['allowance'], id),
        quantity: rawDecimal(grant['quantity'], id),
      })),
    });
  }
  return result;
}

function readOffer(raw: Raw): Offer {
  const id = rawText(raw['id'], 'offers.id');
  const increments = raw['increments'] === undefined ? null : rawObject(raw['increments'], id);
  const allowances = rawTexts(raw['allowances'], id);
  return {
    id,
    usageTypes: rawTexts(raw['usageTypes'], id),
    currency: rawText(raw['currency'], id),
    timeModel: rawOptionalText(raw['timeModel'], id),
    zoneModel: rawOptionalText(raw['zoneModel'], id),
    increments:
      increments === null
        ? null
        : {
            minimum: decimalOr(increments['minimum'], ZERO, id),
            first: rawDecimal(increments['first'], id),
            following: rawDecimal(increments['following'], id),
          },
    zeroUsage: rawOptionalText(raw['zeroUsage'], id) ?? 'free',
    accumulators: rawTexts(raw['accumulators'], id),
    rows: rawObjects(raw['rows'], id).map((row) => readRow(row, allowances, id)),
  };
}

function readRow(raw: Raw, offerAllowances: string[], path: string): OfferRow {
  return {
    match: ROW_ATTRIBUTES.filter((attribute) => raw[attribute] !== undefined).map((attribute) => ({
      attribute,
      values: rawTexts(raw[attribute], path),
    })),
    price: readPrice(rawObject(raw['price'], path), path),
    allowances: raw['allowances'] === undefined ? offerAllowances : rawTexts(raw['allowances'], path),
  };
}

function readPrice(raw: Raw, path: string): Price {
  const reference = raw['reference'];
  return {
    model: rawText(raw['model'], path),
    amount: decimalOr(raw['amount'], ZERO, path),
    price: decimalOr(raw['price'], ZERO, path),
    per: decimalOr(raw['per'], ONE, path),
    connectFee: raw['connectFee'] === undefined ? null : rawDecimal(raw['connectFee'], path),
    reference:
      reference === undefined || reference === 'record'
        ? null
        : rawText(rawObject(reference, path)['accumulator'], path),
    tiers: rawObjects(raw['tiers'], path).map((tier) => ({
      upTo: tier['upTo'] === undefined ? null : rawDecimal(tier['upTo'], path),
      price: rawDecimal(tier['price'], path),
      per: decimalOr(tier['per'], ONE, path),
    })),
    of: rawTexts(raw['of'], path),
    percent: decimalOr(raw['percent'], ZERO, path),
    basis: rawOptionalText(raw['basis'], path) ?? 'net',
  };
}

function decimalOr(value: unknown, byDefault: Exact, path: string): Exact {
  return value === undefined ? byDefault : rawDecimal(value, path);
}
