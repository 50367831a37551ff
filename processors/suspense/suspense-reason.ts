import type { ProcessingStream } from '../../schemas/catalog/rules.ts';
import { ATTRIBUTE_INDEX } from '../mediation/container-record.ts';
import type { ContainerRecord } from '../mediation/container-record.ts';
import type { UsageReader } from '../rating/usage-reader.ts';
import { Attribute } from '../rating/usage-reader.ts';
import { SUSPENSE_CODES } from './suspense-code.ts';

/** As plain text: each function below knows its own part of the codes. */
function codeText(code: number): string {
  return SUSPENSE_CODES[code] ?? '';
}

function instantText(micros: number): string {
  return new Date(micros / 1000).toISOString();
}

/** Why a record could not be guided, in words, with the values that an operator looks for. Made only for suspended records. */
export function guidingReason(code: number, container: ContainerRecord, stream: ProcessingStream): string {
  const service = `${stream.serviceType} service ${container.text(ATTRIBUTE_INDEX.serviceId)}`;
  const start = instantText(container.startTime);
  switch (codeText(code)) {
    case 'USAGE_TYPE_UNKNOWN':
      return `Usage type "${container.text(ATTRIBUTE_INDEX.usageType)}" is no usage type of ${stream.serviceType}`;
    case 'USAGE_TOO_OLD':
      return `Started ${start}, more than ${stream.maxAgeDays} days before the file's date`;
    case 'USAGE_IN_FUTURE':
      return `Started ${start}, more than ${stream.futureDays} days after the file's date`;
    case 'SVC_NOT_FOUND':
      return `No subscription has the ${service}`;
    case 'SVC_NOT_EFFECTIVE':
      return `No subscription had the ${service} from ${start} to ${instantText(container.endTime)}`;
    case 'SVC_NOT_ACTIVE':
      return `The subscription of the ${service} was not active at ${start}`;
    default:
      return SUSPENSE_CODES[code] ?? '';
  }
}

/** Why a guided record could not be rated, in words. `usageType` is the one that failed: a child's own for multi-rate. */
export function ratingReason(code: number, usageType: string, usage: UsageReader): string {
  const called = usage.text(Attribute.calledNumber);
  switch (codeText(code)) {
    case 'USAGE_TYPE_UNKNOWN':
      return `Usage type "${usage.text(Attribute.usageType)}" is not in the catalog`;
    case 'SVC_NOT_FOUND':
      return 'Its subscription is no longer in the catalog';
    case 'DUPLICATE_WINDOW_PASSED':
      return `Started ${instantText(usage.startTime)}, before the days whose records are remembered, so it may have been rated before`;
    case 'NO_RATE_UNIT':
      return `No rate unit is mapped to ${usageType}`;
    case 'QTY_INVALID':
      return `The rate unit of ${usageType} yields no quantity, or a negative one`;
    case 'NO_PRICE_OFFER':
      return `The subscription's plan has no offer for ${usageType}`;
    case 'NO_ZONE':
      return `${called} is in no zone of the offer for ${usageType}`;
    case 'NO_TIME_CLASS':
      return `No time class of the offer for ${usageType} holds ${instantText(usage.startTime)}`;
    case 'NO_ATTRIBUTE_MATCH':
      return `No row of the offer for ${usageType} matches (called number ${called}, started ${instantText(usage.startTime)})`;
    case 'TIER_GAP':
      return `The tiers of the offer for ${usageType} do not cover the quantity`;
    case 'BASIS_MISSING':
      return `${usageType} is a percentage of charges that this record does not have`;
    case 'AMOUNT_OVERFLOW':
      return `A quantity, amount or balance of ${usageType} is beyond 2^53`;
    default:
      return SUSPENSE_CODES[code] ?? '';
  }
}
