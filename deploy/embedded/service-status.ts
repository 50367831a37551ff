import type { FailingDelivery } from '../../streams/engine/index.ts';
import type { BlockedFile } from '../../streams/gateway/blocked-files.ts';

/** Messages of a topic that a group has not gone through yet. */
export interface TopicLag {
  readonly group: string;
  readonly topic: string;
  readonly messages: number;
}

/** State of a running service, as its operations API and `tally status` show it. */
export interface ServiceStatus {
  /** Files and folders that cannot be taken in. */
  readonly blocked: readonly BlockedFile[];
  /** Deliveries to ClickHouse or billing whose last attempt failed. */
  readonly failing: readonly FailingDelivery[];
  readonly lag: readonly TopicLag[];
  readonly hasUnbilledUsage: boolean;
}
