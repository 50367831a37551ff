import { writeMessage } from '../../schemas/codec/batch-writer.ts';
import { billingCommandFormat } from '../../schemas/codec/generated/writers.ts';
import type { Clock, Member, Transport } from '../../streams/engine/index.ts';
import { TOPICS } from '../../streams/workers/topics.ts';

/** Orders billing runs: one command to every partition, in one transaction. */
export class BillingRuns {
  private readonly transport: Transport;
  private readonly clock: Clock;
  private member: Member | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport, clock: Clock) {
    this.transport = transport;
    this.clock = clock;
  }

  /** Orders a run of everything rated so far, one order after the other. @returns its id, `R000001` and so on */
  async order(): Promise<string> {
    const ordered = this.last.then(() => this.send());
    this.last = ordered.catch(() => undefined);
    return ordered;
  }

  private async send(): Promise<string> {
    this.member ??= await this.transport.join({
      group: 'billing-runs',
      topics: [],
      instance: 'billing-runs',
    });
    const number = this.transport.endOffset({ topic: TOPICS.billingCommands, partition: 0 }) + 1;
    const runId = `R${String(number).padStart(6, '0')}`;
    const partitions = this.transport.partitions(TOPICS.billingCommands);
    const value = writeMessage(billingCommandFormat, { runId, at: this.clock.now() });
    const outputs = Array.from({ length: partitions }, (_, partition) => ({
      ...{ topic: TOPICS.billingCommands, partition, key: Buffer.from(runId), value, chain: null },
    }));
    await (
      await this.member.commit({ outputs, offsets: [] })
    ).durable;
    return runId;
  }

  async close(): Promise<void> {
    await this.member?.close();
  }
}
