import { CONTAINER_ATTRIBUTES } from '../../schemas/catalog/mapping.ts';
import type { ContainerAttribute } from '../../schemas/catalog/mapping.ts';
import type { ContainerValue } from '../../schemas/codec/generated/values.ts';
import { text } from '../../schemas/codec/text.ts';
import type { ByteRange, Text } from '../../schemas/codec/text.ts';
import type { AttributeReader } from '../../schemas/expression/typed.ts';
import { FINGERPRINT_BYTES } from '../../schemas/identity/murmur3.ts';

const NAMES = Object.keys(CONTAINER_ATTRIBUTES) as ContainerAttribute[];
const EMPTY = Buffer.alloc(0);

/** Index of each attribute: its place in CONTAINER_ATTRIBUTES, as expressions count them. */
export const ATTRIBUTE_INDEX = Object.fromEntries(NAMES.map((name, index) => [name, index])) as Readonly<
  Record<ContainerAttribute, number>
>;
const INDEX = ATTRIBUTE_INDEX;

/** A text attribute: bytes of the payload until somebody asks for a string, or a string set by a rule. */
class TextSlot implements ByteRange {
  buffer: Buffer = EMPTY;
  start = 0;
  end = 0;
  private string: string | undefined = '';
  private inBytes = true;
  private encodedText = '';
  private encoded = EMPTY;

  setBytes(buffer: Buffer, start: number, end: number): void {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    this.string = undefined;
    this.inBytes = true;
  }

  setText(value: string): void {
    this.string = value;
    this.inBytes = false;
  }

  text(): string {
    return (this.string ??= text(this.buffer, this.start, this.end));
  }

  /** For the writers: no string is made of bytes. */
  value(): Text {
    return this.inBytes ? this : this.string!;
  }

  clear(): void {
    if (this.inBytes && this.end === this.start) return;
    this.setBytes(EMPTY, 0, 0);
  }

  range(): ByteRange {
    if (!this.inBytes) {
      const bytes = this.encode(this.string!);
      this.buffer = bytes;
      this.start = 0;
      this.end = bytes.length;
      this.inBytes = true;
    }
    return this;
  }

  /** UTF-8 of a text; rules set the same few again and again, so the last one is kept. */
  private encode(value: string): Buffer {
    if (value !== this.encodedText) {
      this.encodedText = value;
      this.encoded = Buffer.from(value, 'utf8');
    }
    return this.encoded;
  }
}

/**
 * The container that one mediator fills again and again: the value that `writeContainer` takes and the reader that expressions
 * take. Texts are ranges of the payload: write the container before the payload's buffer is reused and before the next record.
 */
export class ContainerRecord implements ContainerValue, AttributeReader {
  recordNumber = 0;
  startTime = 0;
  endTime = 0;
  readonly uniqueKey = Buffer.alloc(FINGERPRINT_BYTES);
  late = false;
  /** Set by guiding. */
  accountId: Text = '';
  /** Set by guiding. */
  subscriptionId: Text = '';
  /** Set by guiding. */
  balanceGroupId: Text = '';
  private readonly texts = NAMES.map(() => new TextSlot());
  private readonly numbers = new Float64Array(NAMES.length);

  /** Empties the given attributes, which are those that the caller does not set itself, and what guiding has set. */
  clear(attributes: readonly number[]): void {
    for (const attribute of attributes) {
      this.texts[attribute]!.clear();
      this.numbers[attribute] = 0;
    }
    this.accountId = '';
    this.subscriptionId = '';
    this.balanceGroupId = '';
  }

  setBytes(attribute: number, buffer: Buffer, start: number, end: number): void {
    this.texts[attribute]!.setBytes(buffer, start, end);
  }

  setText(attribute: number, value: string): void {
    this.texts[attribute]!.setText(value);
  }

  /** Sets a number, scaled as its attribute is (duration and units 10^6, wholesaleAmount 10^9, volumes 1). */
  setNumber(attribute: number, value: number): void {
    this.numbers[attribute] = value;
  }

  text(attribute: number): string {
    return this.texts[attribute]!.text();
  }

  number(attribute: number): number {
    return this.numbers[attribute]!;
  }

  /** UTF-8 bytes of a text attribute; the same object for the same attribute, valid until the next record. */
  range(attribute: number): ByteRange {
    return this.texts[attribute]!.range();
  }

  get sourceRecordId(): Text {
    return this.texts[INDEX.sourceRecordId]!.value();
  }
  get usageType(): Text {
    return this.texts[INDEX.usageType]!.value();
  }
  get serviceId(): Text {
    return this.texts[INDEX.serviceId]!.value();
  }
  get callingNumber(): Text {
    return this.texts[INDEX.callingNumber]!.value();
  }
  get calledNumber(): Text {
    return this.texts[INDEX.calledNumber]!.value();
  }
  get duration(): number {
    return this.numbers[INDEX.duration]!;
  }
  get volumeUp(): number {
    return this.numbers[INDEX.volumeUp]!;
  }
  get volumeDown(): number {
    return this.numbers[INDEX.volumeDown]!;
  }
  get units(): number {
    return this.numbers[INDEX.units]!;
  }
  get wholesaleAmount(): number {
    return this.numbers[INDEX.wholesaleAmount]!;
  }
  get callType(): Text {
    return this.texts[INDEX.callType]!.value();
  }
  get network(): Text {
    return this.texts[INDEX.network]!.value();
  }
  get apn(): Text {
    return this.texts[INDEX.apn]!.value();
  }
  get description(): Text {
    return this.texts[INDEX.description]!.value();
  }
  get flex1(): Text {
    return this.texts[INDEX.flex1]!.value();
  }
  get flex2(): Text {
    return this.texts[INDEX.flex2]!.value();
  }
  get flex3(): Text {
    return this.texts[INDEX.flex3]!.value();
  }
  get flex4(): Text {
    return this.texts[INDEX.flex4]!.value();
  }
}
