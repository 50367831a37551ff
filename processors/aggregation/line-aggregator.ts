import type { RatedRecordView } from '../../schemas/codec/generated/views.ts';
import { ChargeCursor } from '../../schemas/codec/generated/views.ts';
import type { ChargeView } from '../../schemas/codec/generated/views.ts';
import type { ByteKeyIndex } from '../guiding/byte-key-index.ts';
import { GroupKey } from './group-key.ts';
import type { LineGroups } from './line-groups.ts';

/** Sums stay below 2^53 less one unit of currency, so that rounding a line's amount cannot pass it. */
const LIMIT = Number.MAX_SAFE_INTEGER - 1_000_000_000;

/** What aggregation needs of the compiled catalog. */
export interface AggregationCatalog {
  readonly usageTypeIds: ByteKeyIndex;
  /** Multi-rate with invoice `parent`: number of the child whose quantity is the line's; else -1. */
  readonly usageTypes: readonly { readonly quantityFrom: number }[];
}

/**
 * Adds rated records to the groups that become billing lines (docs/rules.md 8). The unit of a multi-rate parent's line is the one in the
 * record's own charges, so a later change of the catalog cannot tear a record apart.
 */
export class LineAggregator {
  private readonly catalog: AggregationCatalog;
  private readonly groups: LineGroups;
  private readonly cursor = new ChargeCursor();
  private readonly key = new GroupKey();
  /** Groups that the present record has touched. */
  private readonly touched: number[] = [];
  private touchedCount = 0;
  private unitStart = 0;
  private unitEnd = 0;

  constructor(catalog: AggregationCatalog, groups: LineGroups) {
    this.catalog = catalog;
    this.groups = groups;
  }

  /** Adds all charges of a record; each goes to one group. Allocates nothing but new groups. */
  add(record: RatedRecordView): void {
    this.touchedCount = 0;
    const quantityFrom = this.quantityFrom(record);
    const isParent = quantityFrom >= 0 && this.findUnit(record, quantityFrom);
    const { cursor } = this;
    cursor.open(record.buffer, record.chargesStart);
    while (cursor.next()) {
      const { charge } = cursor;
      this.startKey(record, charge, isParent);
      const counts = !isParent || this.isUsageType(record.buffer, charge, quantityFrom);
      this.addCharge(record, charge.amount, counts ? charge.quantity : 0);
    }
  }

  private quantityFrom(record: RatedRecordView): number {
    const { usageTypeIds, usageTypes } = this.catalog;
    const usageType = usageTypeIds.find(0, record.buffer, record.usageTypeStart, record.usageTypeEnd);
    return usageType < 0 ? -1 : usageTypes[usageType]!.quantityFrom;
  }

  /** Finds the unit of the child that gives the quantity; false when the record has no such charge. */
  private findUnit(record: RatedRecordView, quantityFrom: number): boolean {
    const { cursor } = this;
    cursor.open(record.buffer, record.chargesStart);
    while (cursor.next()) {
      if (!this.isUsageType(record.buffer, cursor.charge, quantityFrom)) continue;
      this.unitStart = cursor.charge.unitStart;
      this.unitEnd = cursor.charge.unitEnd;
      return true;
    }
    return false;
  }

  private isUsageType(buffer: Buffer, charge: ChargeView, usageType: number): boolean {
    return (
      this.catalog.usageTypeIds.find(0, buffer, charge.usageTypeStart, charge.usageTypeEnd) === usageType
    );
  }

  private startKey(record: RatedRecordView, charge: ChargeView, isParent: boolean): void {
    const { key } = this;
    const { buffer } = record;
    key.begin();
    key.add(buffer, record.accountIdStart, record.accountIdEnd);
    key.add(buffer, record.subscriptionIdStart, record.subscriptionIdEnd);
    if (isParent) key.add(buffer, record.usageTypeStart, record.usageTypeEnd);
    else key.add(buffer, charge.usageTypeStart, charge.usageTypeEnd);
    key.add(buffer, charge.billUnitStart, charge.billUnitEnd);
    key.add(buffer, charge.currencyStart, charge.currencyEnd);
    if (isParent) key.add(buffer, this.unitStart, this.unitEnd);
    else key.add(buffer, charge.unitStart, charge.unitEnd);
  }

  /** A sum that would pass the limit sends the charge to the group's next split: a further line, nothing lost. */
  private addCharge(record: RatedRecordView, amount: number, quantity: number): void {
    const { groups, key } = this;
    for (let split = 0; ; split++) {
      key.split(split);
      const found = groups.find(key);
      const group = found >= 0 ? found : groups.create(key);
      const isNew = found < 0;
      const amountAfter = groups.get(group, 'amount') + amount;
      const quantityAfter = groups.get(group, 'quantity') + quantity;
      if (!isNew && (Math.abs(amountAfter) > LIMIT || quantityAfter > LIMIT)) continue;
      groups.set(group, 'amount', amountAfter);
      groups.set(group, 'quantity', quantityAfter);
      groups.set(group, 'charges', groups.get(group, 'charges') + 1);
      this.countRecord(group, record.startTime, isNew);
      return;
    }
  }

  private countRecord(group: number, startTime: number, isNew: boolean): void {
    const { groups, touched } = this;
    for (let index = 0; index < this.touchedCount; index++) if (touched[index] === group) return;
    touched[this.touchedCount++] = group;
    groups.set(group, 'records', groups.get(group, 'records') + 1);
    if (isNew || startTime < groups.get(group, 'firstUsage')) groups.set(group, 'firstUsage', startTime);
    if (isNew || startTime > groups.get(group, 'lastUsage')) groups.set(group, 'lastUsage', startTime);
  }
}
