import type { Mapping } from '../../schemas/catalog/mapping.ts';
import type { ProcessingStream } from '../../schemas/catalog/rules.ts';
import { fingerprint } from '../../schemas/identity/murmur3.ts';
import type { ParsedRecord } from '../parsing/parsed-record.ts';
import { fieldIndex } from '../parsing/record-layout.ts';

/**
 * Fingerprint of the business unique key: MurmurHash3 x86_128 over `platform NUL serviceType NUL recordType` and, for each key
 * field, `NUL value` (as received, trimmed; rules section 3).
 */
export class UniqueKey {
  private bytes: Buffer;
  private readonly prefixLength: number;
  private readonly fields: readonly number[];

  constructor(stream: ProcessingStream, mapping: Mapping) {
    const prefix = Buffer.from([stream.platform, stream.serviceType, stream.recordType].join('\0'), 'utf8');
    this.fields = mapping.uniqueKey.map((name) => fieldIndex(mapping, name));
    this.prefixLength = prefix.length;
    this.bytes = Buffer.alloc(prefix.length + 256);
    prefix.copy(this.bytes);
  }

  /** Writes the fingerprint of a parsed record, 16 bytes, to `out`. */
  write(record: ParsedRecord, out: Uint8Array): void {
    let at = this.prefixLength;
    for (const index of this.fields) {
      const { buffer, start, end } = record.fields[index]!;
      if (at + 1 + end - start > this.bytes.length) this.grow(at + 1 + end - start);
      const { bytes } = this;
      bytes[at++] = 0;
      for (let p = start; p < end; p++) bytes[at++] = buffer[p]!;
    }
    fingerprint(this.bytes, 0, at, out);
  }

  private grow(needed: number): void {
    const larger = Buffer.alloc(Math.max(needed, 2 * this.bytes.length));
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}
