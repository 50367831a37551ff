import { RatedRecordView } from '../../../schemas/codec/generated/views.ts';
import { writeRatedRecord } from '../../../schemas/codec/generated/writers.ts';
import type { RatingResult } from '../rating-result.ts';

/** What a test says of the record; the rest of the container is empty. */
export interface RecordIdentity {
  readonly usageType: string;
  readonly startTime: number;
  readonly account?: string;
  readonly subscription?: string;
}

/** A rated record as it travels: encoded with its charges and decoded again. */
export function ratedRecord(identity: RecordIdentity, result: RatingResult): RatedRecordView {
  const { usageType, startTime, account = 'A1', subscription = 'S1' } = identity;
  const charges = result.charges.slice(0, result.chargeCount).map((charge) => {
    const {
      usageType: own,
      offerId,
      model,
      timeClass,
      zone,
      billUnit,
      unit,
      currency,
      firstImpact,
      impactCount,
    } = charge;
    const { chargeNumber, rawQuantity, quantity, gross, amount } = charge;
    const impacts = result.impacts.slice(firstImpact, firstImpact + impactCount);
    return {
      ...{
        chargeNumber,
        usageType: own,
        offerId,
        model,
        timeClass,
        zone,
        billUnit,
        rawQuantity,
        quantity,
        unit,
      },
      ...{ currency, gross, amount, impacts },
    };
  });
  const out = Buffer.alloc(65_536);
  writeRatedRecord(out, 0, {
    ...{
      recordNumber: 1,
      startTime,
      endTime: startTime,
      uniqueKey: Buffer.alloc(16),
      sourceRecordId: '',
      usageType,
    },
    ...{
      serviceId: '',
      callingNumber: '',
      calledNumber: '',
      duration: 0,
      volumeUp: 0,
      volumeDown: 0,
      units: 0,
    },
    ...{ wholesaleAmount: 0, callType: '', network: '', apn: '', description: '' },
    ...{ flex1: '', flex2: '', flex3: '', flex4: '', late: false },
    ...{ accountId: account, subscriptionId: subscription, balanceGroupId: subscription, charges },
  });
  const view = new RatedRecordView();
  view.decode(out, 0);
  return view;
}
