import { ChainBrokenError } from './errors.ts';
import type { Message } from './message.ts';
import type { ProgressStore } from './progress-store.ts';

/**
 * Decides by a message's chain whether it is new. What was seen last is part of the reader's state, so the answer
 * holds even where the transport delivered a message twice or lost one.
 *
 * A source that was never seen must begin its chain here, unless reading began in the middle of the topic.
 * @throws ChainBrokenError when a message before this one is missing.
 */
export function admitByChain(message: Message, seen: ProgressStore): 'new' | 'seen' {
  const { chain, topic } = message;
  if (chain === null) return 'new';
  const name = `seen:${topic}<${chain.source}`;
  const last = seen.get(name);
  if (last !== undefined && chain.offset <= last) return 'seen';
  const beganInTheMiddle = last === undefined && (seen.get(`first:${topic}`) ?? 0) > 0;
  if (chain.previous !== (last ?? -1) && !beganInTheMiddle) {
    throw new ChainBrokenError(
      'CHAIN_HOLE',
      `${topic}/${message.partition} offset ${message.offset} comes from ${chain.source} offset ${chain.offset} and follows ` +
        `${chain.previous}, but the last one read is ${last ?? 'none'}: the message in between was lost by the transport`,
    );
  }
  seen.set(name, chain.offset);
  return 'new';
}
