import { instantMicros } from '../../../schemas/catalog/instant.ts';
import { USAGE_ATTRIBUTES } from '../usage-reader.ts';
import type { UsageReader } from '../usage-reader.ts';

/** Attributes of a record; numbers in the container's scales. `startTime` is ISO 8601 with offset, or microseconds. */
export type UsageAttributes = Readonly<
  Partial<Record<(typeof USAGE_ATTRIBUTES)[number], string | number>>
> & {
  readonly startTime: string | number;
};

/** A usage record made of its attributes. */
export class TestUsage implements UsageReader {
  readonly startTime: number;
  readonly buffer: Buffer;
  private readonly starts: number[] = [];
  private readonly numbers: number[] = [];

  constructor(attributes: UsageAttributes) {
    const { startTime } = attributes;
    this.startTime = typeof startTime === 'number' ? startTime : instantMicros(startTime);
    const texts = USAGE_ATTRIBUTES.map((name) => attributes[name]);
    const bytes = texts.map((value) => Buffer.from(typeof value === 'string' ? value : ''));
    this.buffer = Buffer.concat(bytes);
    let at = 0;
    for (const [index, value] of texts.entries()) {
      this.starts.push(at);
      at += bytes[index]!.length;
      this.numbers.push(typeof value === 'number' ? value : 0);
    }
    this.starts.push(at);
  }

  start(attribute: number): number {
    return this.starts[attribute]!;
  }

  end(attribute: number): number {
    return this.starts[attribute + 1]!;
  }

  text(attribute: number): string {
    return this.buffer.toString('utf8', this.start(attribute), this.end(attribute));
  }

  number(attribute: number): number {
    return this.numbers[attribute]!;
  }
}
