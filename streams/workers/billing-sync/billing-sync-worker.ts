import type { BillingLine } from '../../../processors/aggregation/cut-run.ts';
import type { BillingCaller } from '../../../processors/billing/billing-call.ts';
import {
  bulkRecordUsageRequest,
  interpretBulkRecordUsage,
  receiptId,
} from '../../../processors/billing/bulk-record-usage.ts';
import type { LineResult } from '../../../processors/billing/bulk-record-usage.ts';
import { interpretUsageHistory, usageHistoryQuestions } from '../../../processors/billing/usage-history.ts';
import type { ZoneOffsets } from '../../../processors/calendar/zone-offsets.ts';
import { writeMessage } from '../../../schemas/codec/batch-writer.ts';
import { BillingLineBatchView } from '../../../schemas/codec/generated/views.ts';
import { billingResultBatchFormat } from '../../../schemas/codec/generated/writers.ts';
import { SinkWorker } from '../../engine/index.ts';
import type {
  Clock,
  Delivery,
  DeliveryOutput,
  EventListener,
  Message,
  Transport,
} from '../../engine/index.ts';
import { TOPICS } from '../topics.ts';
import { callBilling } from './billing-client.ts';
import type { BillingClientOptions } from './billing-client.ts';

export interface BillingSyncOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly instance: string;
  readonly billing: BillingClientOptions & BillingCaller;
  readonly linesPerCall: number;
  /** Zone of the dates that billing reads. */
  readonly zone: ZoneOffsets;
  readonly onEvent?: EventListener;
}

export interface BillingSyncMetrics {
  calls: number;
  questions: number;
}

/** Questions to billing under way at a time. */
const QUESTIONS_AT_ONCE = 16;

/** Raised to be tried again: some lines have no final answer. The repetition asks billing first what it has. */
class UnsettledLinesError extends Error {}

/** What is known of a batch whose delivery is under way. */
interface BatchProgress {
  /** Final answers by line. */
  readonly settled: Map<string, LineResult>;
  /** Numbers of the calls that billing has done. */
  readonly doneCalls: Set<number>;
}

function openOf(
  lines: readonly BillingLine[],
  settled: ReadonlyMap<string, LineResult>,
): readonly BillingLine[] {
  return lines.filter(({ lineId }) => !settled.has(lineId));
}

function callsOf(lines: readonly BillingLine[], linesPerCall: number): (readonly BillingLine[])[] {
  const calls = Math.ceil(lines.length / linesPerCall);
  return Array.from({ length: calls }, (_, call) =>
    lines.slice(call * linesPerCall, (call + 1) * linesPerCall),
  );
}

/** Sends the lines of one message, each exactly once, and gathers billing's answers. */
class LineSender {
  readonly metrics: BillingSyncMetrics = { calls: 0, questions: 0 };
  private readonly options: BillingSyncOptions;
  private readonly view = new BillingLineBatchView();
  /** By batch, kept from one attempt to the next, so that every attempt gets further. */
  private readonly progress = new Map<string, BatchProgress>();

  constructor(options: BillingSyncOptions) {
    this.options = options;
  }

  async deliver({ messages, replay }: Delivery): Promise<DeliveryOutput[]> {
    const outputs: DeliveryOutput[] = [];
    for (const message of messages) outputs.push(await this.sendMessage(message, replay));
    return outputs;
  }

  private async sendMessage(message: Message, replay: boolean): Promise<DeliveryOutput> {
    const { runId, batchId, lines } = this.linesOf(message);
    const progress = this.progress.get(batchId) ?? {
      settled: new Map<string, LineResult>(),
      doneCalls: new Set<number>(),
    };
    this.progress.set(batchId, progress);
    const { settled } = progress;
    if (replay) await this.askBilling(openOf(lines, settled), settled);
    // The time at which the log took the lines tells this run from one of the same number in another data folder.
    const receipt = `${batchId}T${message.timestamp.toString(36)}`;
    await this.sendOnce(lines, receipt, progress);
    await this.sendRefused(
      openOf(lines, settled),
      `${receipt}R${this.options.clock.now().toString(36)}`,
      settled,
    );
    const results = lines.map(({ lineId }) => settled.get(lineId)!);
    const value = writeMessage(billingResultBatchFormat, {
      runId,
      batchId,
      receiptId: receipt,
      at: this.options.clock.now(),
      results,
    });
    this.progress.delete(batchId);
    return { topic: TOPICS.billingResults, partition: message.partition, key: message.key, value };
  }

  /**
   * A repetition of a call has the receipt of the first attempt, so that a call which billing is still at work on is not
   * done twice. When billing knows the receipt, that call is done: lines that the history does not show were refused.
   */
  private async sendOnce(
    lines: readonly BillingLine[],
    receipt: string,
    { settled, doneCalls }: BatchProgress,
  ): Promise<void> {
    for (const [index, call] of callsOf(lines, this.options.linesPerCall).entries()) {
      const open = openOf(call, settled);
      if (open.length === 0 || doneCalls.has(index)) continue;
      const wasDone = await this.send(open, receiptId(`${receipt}C${index + 1}`, 1), settled);
      if (wasDone) await this.askBilling(open, settled);
      doneCalls.add(index);
    }
  }

  /** Lines that a call which is done had refused, and whose reason was lost with its answer: sent once more for the reason. */
  private async sendRefused(
    lines: readonly BillingLine[],
    receipt: string,
    settled: Map<string, LineResult>,
  ): Promise<void> {
    for (const [index, call] of callsOf(lines, this.options.linesPerCall).entries()) {
      if (await this.send(call, receiptId(`${receipt}C${index + 1}`, 1), settled))
        throw new UnsettledLinesError(`billing has had the new receipt ${receipt} before`);
    }
  }

  /** @returns whether billing had done a call of that receipt before */
  private async send(
    lines: readonly BillingLine[],
    receipt: string,
    settled: Map<string, LineResult>,
  ): Promise<boolean> {
    const { billing, zone } = this.options;
    this.metrics.calls += 1;
    const answer = await callBilling(billing, bulkRecordUsageRequest(lines, receipt, billing, zone));
    const outcome = interpretBulkRecordUsage(lines, answer);
    for (const result of outcome.results) settled.set(result.lineId, result);
    if (outcome.retry.length > 0) {
      throw new UnsettledLinesError(
        `${outcome.retry.length} of ${lines.length} lines have no final answer: ${outcome.reason}`,
      );
    }
    return outcome.receiptUsed;
  }

  /** Settles what billing has already. A repeated line would be charged twice. */
  private async askBilling(lines: readonly BillingLine[], settled: Map<string, LineResult>): Promise<void> {
    const { billing, zone } = this.options;
    const questions = usageHistoryQuestions(lines, billing, zone);
    for (let start = 0; start < questions.length; start += QUESTIONS_AT_ONCE) {
      const asked = questions.slice(start, start + QUESTIONS_AT_ONCE).map(async (question) => {
        this.metrics.questions += 1;
        return interpretUsageHistory(question.lines, await callBilling(billing, question.request));
      });
      for (const outcome of await Promise.all(asked)) {
        if (!outcome.known)
          throw new UnsettledLinesError(`billing does not say which lines it has: ${outcome.reason}`);
        for (const result of outcome.results) settled.set(result.lineId, result);
      }
    }
  }

  private linesOf(message: Message): { runId: string; batchId: string; lines: BillingLine[] } {
    const view = this.view.open(message.value);
    const { runId, batchId } = view;
    const lines: BillingLine[] = [];
    while (view.next()) {
      const { record } = view;
      lines.push({
        ...{
          lineId: record.lineId,
          runId,
          accountId: record.accountId,
          subscriptionId: record.subscriptionId,
        },
        ...{
          usageType: record.usageType,
          billUnit: record.billUnit,
          currency: record.currency,
          unit: record.unit,
        },
        ...{
          charges: record.charges,
          records: record.records,
          quantity: record.quantity,
          amount: record.amount,
        },
        ...{ billedAmount: record.billedAmount, firstUsage: record.firstUsage, lastUsage: record.lastUsage },
      });
    }
    return { runId, batchId, lines };
  }
}

export interface BillingSync {
  readonly worker: SinkWorker;
  readonly metrics: BillingSyncMetrics;
}

/** Brings billing lines to the billing system and its answers back, each line once even when answers are lost. */
export function createBillingSync(options: BillingSyncOptions): BillingSync {
  const sender = new LineSender(options);
  const worker = new SinkWorker({
    ...{ transport: options.transport, clock: options.clock, instance: options.instance },
    ...(options.onEvent === undefined ? {} : { onEvent: options.onEvent }),
    name: 'billing-sync',
    topics: [TOPICS.billingLines],
    maxRecords: 1,
    maxInFlight: 2,
    backOff: { initialMs: 50, maxMs: 30_000 },
    deliver: (delivery) => sender.deliver(delivery),
  });
  return { worker, metrics: sender.metrics };
}
