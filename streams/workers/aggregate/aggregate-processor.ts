import { cutRun } from '../../../processors/aggregation/cut-run.ts';
import type { RunTotals } from '../../../processors/aggregation/cut-run.ts';
import { LineAggregator } from '../../../processors/aggregation/line-aggregator.ts';
import type { CompiledCatalog } from '../../../processors/rating/compiled-catalog.ts';
import type { Rounding } from '../../../schemas/catalog/primitives.ts';
import { AMOUNT_SCALE, formatScaled, QUANTITY_SCALE } from '../../../schemas/decimal/scaled.ts';
import { writeMessage } from '../../../schemas/codec/batch-writer.ts';
import { CodecError } from '../../../schemas/codec/codec-error.ts';
import { BillingCommandView, RatedBatchView } from '../../../schemas/codec/generated/views.ts';
import { billingLineBatchFormat, billingRunFormat } from '../../../schemas/codec/generated/writers.ts';
import { PoisonMessageError } from '../../engine/index.ts';
import type { BatchProcessor, Message, ProcessorContext } from '../../engine/index.ts';
import { TOPICS } from '../topics.ts';
import type { CutStore } from './cut-store.ts';
import type { StoreLineGroups } from './store-line-groups.ts';

export type AggregateOutput = 'lines' | 'runs';

export interface AggregateParts {
  readonly context: ProcessorContext<AggregateOutput>;
  readonly catalog: CompiledCatalog;
  readonly groups: StoreLineGroups;
  readonly cuts: CutStore;
}

/** Groups rated usage and cuts runs on command (docs/rules.md 8). Rated usage and commands share a task, so a cut has one meaning. */
export class AggregateProcessor implements BatchProcessor {
  private readonly parts: AggregateParts;
  private readonly aggregator: LineAggregator;
  private readonly rated = new RatedBatchView();
  private readonly command = new BillingCommandView();
  private readonly billing: ReadonlyMap<string, Rounding>;

  constructor(parts: AggregateParts) {
    this.parts = parts;
    this.aggregator = new LineAggregator(parts.catalog, parts.groups);
    this.billing = new Map(
      parts.catalog.resources.flatMap(({ id, currency }) =>
        currency === null ? [] : [[id.text, currency.billing] as const],
      ),
    );
  }

  process(message: Message): void {
    try {
      if (message.topic === TOPICS.rated) this.addBatch(message);
      else this.cutRun(message);
    } catch (error) {
      if (error instanceof CodecError)
        throw new PoisonMessageError('BATCH_UNREADABLE', error.message, { cause: error });
      throw error;
    }
  }

  private addBatch(message: Message): void {
    this.rated.open(message.value);
    while (this.rated.next()) this.aggregator.add(this.rated.record);
    this.parts.cuts.next = message.offset + 1;
  }

  private cutRun(message: Message): void {
    const { context, groups, cuts } = this.parts;
    const { runId } = this.command.open(message.value);
    const run = { runId, partition: context.partition };
    const { lines, totals } = cutRun(groups, run, (currency) => this.billing.get(currency));
    const key = Buffer.from(runId);
    if (lines.length > 0) {
      const batch = { runId, batchId: `${runId}P${context.partition}`, lines };
      context.emit('lines', { key, value: writeMessage(billingLineBatchFormat, batch) });
    }
    context.emit('runs', { key, value: this.runMessage(runId, totals) });
    cuts.cut = cuts.next;
  }

  private runMessage(runId: string, totals: RunTotals): Buffer {
    const { context, cuts } = this.parts;
    return writeMessage(billingRunFormat, {
      ...{ runId, partition: context.partition, cutOffset: cuts.next, previousCutOffset: cuts.cut },
      ...{ lines: totals.lines, charges: totals.charges },
      quantity: formatScaled(totals.quantity, QUANTITY_SCALE),
      amount: formatScaled(totals.amount, AMOUNT_SCALE),
      at: context.clock.now(),
    });
  }
}
