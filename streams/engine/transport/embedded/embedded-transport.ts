import type { Clock } from '../../clock.ts';
import type { EventListener } from '../../engine-event.ts';
import { LogTransport } from '../log-transport.ts';
import { FileLog } from './file-log.ts';
import type { LogFiles } from './file-system.ts';
import { systemFiles } from './file-system.ts';
import { droppableSegments } from './truncation.ts';

export interface EmbeddedTransportOptions {
  /** Folder of the log; it belongs to one process at a time. Made when missing. */
  readonly directory: string;
  readonly clock: Clock;
  /** Size at which a new file is begun; 64 MB by default. A transaction never spans two files. */
  readonly segmentBytes?: number;
  /** Values kept in memory for readers that keep up; 96 MB by default. */
  readonly cacheBytes?: number;
  /** How files are written; tests make it fail. */
  readonly files?: LogFiles;
  readonly onEvent?: EventListener;
}

export interface TruncateOptions {
  /** Topics that nobody will ask for. */
  readonly disposable?: readonly string[];
  /** Groups that will read topics although they have not joined yet: what they need is kept from the first message on. */
  readonly expected?: readonly { readonly group: string; readonly topics: readonly string[] }[];
}

/**
 * Kafka's guarantees on one machine, in one durable log without any server: a transaction is one checksummed frame.
 * Readers see it at once; `CommitReceipt.durable` tells when it survives the loss of power.
 */
export class EmbeddedTransport extends LogTransport<FileLog> {
  /** Opens or creates the log. @throws StateCorruptedError, TransportFailedError */
  constructor(options: EmbeddedTransportOptions) {
    const { directory, clock, segmentBytes = 64 << 20, cacheBytes = 96 << 20, files = systemFiles } = options;
    const onEvent: EventListener = (event) => options.onEvent?.(event);
    super(new FileLog({ directory, clock, segmentBytes, cacheBytes, files, onEvent }), clock);
  }

  /**
   * Drops old files in which nothing can be needed: every message there is behind the committed offset of all groups
   * that read its topic, or was released. A topic that no group reads is kept, unless it is named as disposable.
   * @returns how many files were dropped.
   */
  async truncate(options: TruncateOptions = {}): Promise<number> {
    const count = droppableSegments({
      log: this.log,
      joined: [...this.joinedGroups(), ...(options.expected ?? [])],
      disposable: options.disposable ?? [],
    });
    // What made them superfluous must survive the loss of power before they go.
    await this.log.durable();
    this.log.dropSegments(count);
    return count;
  }
}
