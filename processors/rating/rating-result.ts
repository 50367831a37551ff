import { encodeText } from '../../schemas/codec/avro-writer.ts';
import { OfferType } from '../../schemas/codec/generated/values.ts';
import type { ChargeHead, ImpactKind, ImpactValue } from '../../schemas/codec/generated/values.ts';
import type { EncodedText } from '../../schemas/codec/text.ts';
import { CURRENCY } from './resource-kind.ts';

const NONE = encodeText('');

/** One charge; the codec writes it as it is (writeChargeHead). */
export class RatedCharge implements ChargeHead {
  chargeNumber = 0;
  usageType: EncodedText = NONE;
  offerId: EncodedText = NONE;
  model: EncodedText = NONE;
  timeClass: EncodedText = NONE;
  zone: EncodedText = NONE;
  billUnit: EncodedText = NONE;
  rawQuantity = 0;
  quantity = 0;
  unit: EncodedText = NONE;
  currency: EncodedText = NONE;
  gross = 0;
  amount = 0;
  /** Number of the usage type in the catalog. */
  usageTypeNumber = 0;
  /** The charge's impacts are impacts[firstImpact] to impacts[firstImpact + impactCount - 1] of the result. */
  firstImpact = 0;
  impactCount = 0;
}

/** One change of one balance; the codec writes it as it is (writeImpact). */
export class RatedImpact implements ImpactValue {
  kind: ImpactKind = CURRENCY;
  offerType: OfferType = OfferType.PRICE;
  resourceId: EncodedText = NONE;
  tier = 0;
  quantity = 0;
  amount = 0;
  balanceBefore = 0;
  balanceAfter = 0;
  /** Number of the resource in the catalog. */
  resource = 0;
}

/** Charges and impacts of one record, in order; reused from record to record, valid until the next one is rated. */
export class RatingResult {
  readonly charges: RatedCharge[] = [];
  readonly impacts: RatedImpact[] = [];
  /** How many of `charges` and `impacts` are the record's. */
  chargeCount = 0;
  impactCount = 0;

  clear(): void {
    this.chargeCount = 0;
    this.impactCount = 0;
  }

  addCharge(): RatedCharge {
    if (this.chargeCount === this.charges.length) this.charges.push(new RatedCharge());
    const charge = this.charges[this.chargeCount++]!;
    charge.chargeNumber = this.chargeCount;
    charge.timeClass = NONE;
    charge.zone = NONE;
    charge.gross = 0;
    charge.amount = 0;
    charge.firstImpact = this.impactCount;
    charge.impactCount = 0;
    return charge;
  }

  addImpact(charge: RatedCharge): RatedImpact {
    if (this.impactCount === this.impacts.length) this.impacts.push(new RatedImpact());
    charge.impactCount += 1;
    return this.impacts[this.impactCount++]!;
  }
}
