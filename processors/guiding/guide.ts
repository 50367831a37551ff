import { Suspense } from '../suspense/suspense-code.ts';
import type { ServiceDirectory } from './service-directory.ts';
import type { ZoneOffsets } from '../calendar/zone-offsets.ts';

/** What guiding needs to know of the stream that a record came through. */
export interface GuidingStream {
  /** Number of the service type in the catalog. */
  readonly serviceType: number;
  readonly maxAgeDays: number;
  readonly futureDays: number;
  /** Zone of the mapping: days of age are counted between its local dates. */
  readonly zone: ZoneOffsets;
}

/** One record to be guided; the caller reuses the object. Times are microseconds. */
export interface GuidingRequest {
  /** Number of the usage type in the catalog, -1 when empty or unknown. */
  usageType: number;
  /** Where the service id stands. */
  buffer: Uint8Array;
  serviceIdStart: number;
  serviceIdEnd: number;
  startTime: number;
  endTime: number;
  /** Day number of the file's date; NaN when the file has none. */
  fileDay: number;
}

/** Finds the subscription that is charged for a record, or says why there is none (docs/rules.md 5). */
export class Guide {
  private readonly directory: ServiceDirectory;
  /** Number of the service type of each usage type. */
  private readonly serviceTypeOf: ArrayLike<number>;

  constructor(directory: ServiceDirectory, serviceTypeOf: ArrayLike<number>) {
    this.directory = directory;
    this.serviceTypeOf = serviceTypeOf;
  }

  /** Number of the subscription, or the negative number of the suspense code. Allocates nothing. */
  guide(request: GuidingRequest, stream: GuidingStream): number {
    const { usageType, startTime, fileDay } = request;
    if (usageType < 0 || this.serviceTypeOf[usageType] !== stream.serviceType)
      return -Suspense.USAGE_TYPE_UNKNOWN;
    if (!Number.isNaN(fileDay)) {
      const age = fileDay - stream.zone.localDay(startTime);
      if (age > stream.maxAgeDays) return -Suspense.USAGE_TOO_OLD;
      if (-age > stream.futureDays) return -Suspense.USAGE_IN_FUTURE;
    }
    return this.directory.find(
      stream.serviceType,
      request.buffer,
      request.serviceIdStart,
      request.serviceIdEnd,
      startTime,
      request.endTime,
    );
  }
}
