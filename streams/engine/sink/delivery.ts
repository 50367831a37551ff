import type { Message, OutgoingMessage } from '../message.ts';

/** A contiguous range of one partition. The same borders come again after a failure, so `id` is safe as a token for idempotence. */
export interface Delivery {
  /** `topic/partition/first-last`, both offsets included. */
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly first: number;
  readonly last: number;
  /** In order; without those that the transport delivered twice. */
  readonly messages: readonly Message[];
  /** It may have reached the other side before: after a restart, or in this process. */
  readonly replay: boolean;
}

/** A message that becomes visible together with the delivery's success. */
export type DeliveryOutput = Omit<OutgoingMessage, 'chain'>;
