import { lineOf } from '../../../processors/intake/record-number.ts';
import { LineCutter } from '../../../processors/parsing/line-cutter.ts';
import type { Column } from '../../../schemas/codec/generated/rows.ts';
import { RawBatchView } from '../../../schemas/codec/generated/views.ts';
import type { RowBinaryWriter } from '../../../schemas/codec/row-binary.ts';

/** Columns of table `raw`, in the order in which RawRows writes them. */
export const RAW_COLUMNS: readonly Column[] = [
  { name: 'file_id', type: 'String' },
  { name: 'record_number', type: 'UInt32' },
  { name: 'line', type: 'String' },
  { name: 'loaded_at', type: "DateTime64(3, 'UTC')" },
  { name: 'src_partition', type: 'Int32' },
  { name: 'src_offset', type: 'Int64' },
  { name: 'src_index', type: 'Int32' },
];

export interface RawSource {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds at which the transport took the batch. */
  readonly timestamp: number;
}

/** Cuts raw batches into one row per line; there is no schema for lines, so no generated transcoder either. */
export class RawRows {
  private readonly view = new RawBatchView();
  private readonly lines = new LineCutter();

  write(writer: RowBinaryWriter, message: Buffer, source: RawSource): number {
    const { view, lines } = this;
    view.open(message);
    const first = lineOf(view.firstRecordNumber);
    const count = lines.cut(message, view.payloadStart, view.payloadEnd);
    for (let index = 0; index < count; index++) {
      writer.range(message, view.fileIdStart, view.fileIdEnd);
      writer.uint32(first + index);
      writer.range(message, lines.starts[index]!, lines.ends[index]!);
      writer.int64(source.timestamp);
      writer.int32(source.partition);
      writer.int64(source.offset);
      writer.int32(index);
    }
    return count;
  }
}
