import type { Message } from '../../message.ts';

/** The newest messages of a log, as many as fit a number of bytes; a reader that keeps up never touches the file. */
export class MessageCache {
  readonly #capacity: number;
  #messages: (Message | undefined)[] = [];
  /** Place of the oldest in the array, and its ordinal. */
  #head = 0;
  #first = 0;
  #bytes = 0;

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Ordinals must come without gaps. */
  push(ordinal: number, message: Message): void {
    if (this.#head === this.#messages.length) {
      this.#messages = [];
      this.#head = 0;
      this.#first = ordinal;
    }
    this.#messages.push(message);
    this.#bytes += sizeOf(message);
    while (this.#bytes > this.#capacity && this.#head < this.#messages.length - 1) this.#drop();
  }

  get(ordinal: number): Message | undefined {
    return ordinal < this.#first ? undefined : this.#messages[this.#head + ordinal - this.#first];
  }

  #drop(): void {
    this.#bytes -= sizeOf(this.#messages[this.#head]!);
    this.#messages[this.#head] = undefined;
    this.#head++;
    this.#first++;
    if (this.#head > 1024 && this.#head * 2 > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#head);
      this.#head = 0;
    }
  }
}

/** An estimate for the objects around the bytes is included. */
function sizeOf(message: Message): number {
  return message.value.length + (message.key?.length ?? 0) + 256;
}
