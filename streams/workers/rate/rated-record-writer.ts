import type { RatingResult } from '../../../processors/rating/rating-result.ts';
import { writeArrayEnd, writeArrayStart, writeRaw } from '../../../schemas/codec/avro-writer.ts';
import type { ContainerView } from '../../../schemas/codec/generated/views.ts';
import { writeChargeHead, writeImpact } from '../../../schemas/codec/generated/writers.ts';

/** A container's bytes, unchanged; every record that extends a container starts with them. */
export function writeContainerBytes(out: Buffer, position: number, record: ContainerView): number {
  return writeRaw(out, position, record.buffer, record.start, record.end);
}

function writeCharges(out: Buffer, position: number, result: RatingResult): number {
  let p = writeArrayStart(out, position, result.chargeCount);
  for (let number = 0; number < result.chargeCount; number++) {
    const charge = result.charges[number]!;
    p = writeChargeHead(out, p, charge);
    p = writeArrayStart(out, p, charge.impactCount);
    const end = charge.firstImpact + charge.impactCount;
    for (let impact = charge.firstImpact; impact < end; impact++)
      p = writeImpact(out, p, result.impacts[impact]!);
    p = writeArrayEnd(out, p);
  }
  return writeArrayEnd(out, p);
}

/** What a rated record is made of; reused from record to record. */
export interface RatedParts {
  readonly record: ContainerView;
  readonly result: RatingResult;
}

/** Writes a RatedRecord: the container's bytes, then charges and impacts. */
export function writeRatedParts(out: Buffer, position: number, { record, result }: RatedParts): number {
  return writeCharges(out, writeContainerBytes(out, position, record), result);
}
