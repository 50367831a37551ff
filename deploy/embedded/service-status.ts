import type { FailingDelivery } from '../../streams/engine/index.ts';
import type { BlockedFile } from '../../streams/gateway/blocked-files.ts';

/** Messages of a topic that a group has not gone through yet. */
export interface TopicLag {
  readonly group: string;
  readonly topic: string;
  readonly messages: number;
}

/** What a service has done since its start. */
export interface ServiceCounts {
  readonly filesAccepted: number;
  /** Rejected files and duplicates. */
  readonly filesRefused: number;
  readonly bytesRead: number;
  readonly linesRead: number;
  readonly recordsMediated: number;
  readonly recordsRated: number;
  readonly deadLetters: number;
  /** To ClickHouse and billing. */
  readonly deliveries: number;
  /** Attempts that failed; each is repeated. */
  readonly deliveryFailures: number;
}

/** State of a running service, as its operations API and `tally status` show it. */
export interface ServiceStatus {
  readonly counts: ServiceCounts;
  /** Files and folders that cannot be taken in. */
  readonly blocked: readonly BlockedFile[];
  /** Deliveries to ClickHouse or billing whose last attempt failed. */
  readonly failing: readonly FailingDelivery[];
  readonly lag: readonly TopicLag[];
  readonly hasUnbilledUsage: boolean;
}
