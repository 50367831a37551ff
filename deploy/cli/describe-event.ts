import type { EngineEvent } from '../../streams/engine/index.ts';
import type { GatewayEvent } from '../../streams/gateway/intake-gateway.ts';

/** One line for people, or null for events that only machines care about. */
export function describeEvent(event: EngineEvent | GatewayEvent): string | null {
  switch (event.type) {
    case 'file-accepted':
      return `accepted ${event.file}, ${event.lines} lines`;
    case 'file-refused':
      return `refused ${event.file}: ${event.code}: ${event.reason}`;
    case 'file-blocked':
      return `cannot take ${event.file}: ${event.reason}; it stays where it is and is tried again`;
    case 'dead-letter':
      return `dead letter of ${event.worker}: ${event.topic}/${event.partition} offset ${event.offset}: ${event.reason}`;
    case 'delivery-failed':
      return `${event.worker}: delivery ${event.delivery} failed (attempt ${event.attempt}): ${event.reason}; it is repeated`;
    case 'snapshot-invalid':
      return `${event.worker}: snapshot ${event.file} is not used: ${event.reason}`;
    case 'torn-tail':
      return `${event.file}: ${event.bytes} bytes of an unfinished write at ${event.position} were cut off (the process had been killed)`;
    case 'lock-taken-over':
      return `${event.file}: taken over from process ${event.pid}, which is gone`;
    case 'transaction-aborted':
      return `${event.worker}: a transaction was aborted and is repeated: ${event.reason}`;
    case 'assigned':
    case 'revoked':
    case 'restored':
    case 'snapshot-written':
      return null;
  }
}
