/**
 * A gzip writer whose bytes depend on its input only. zlib's bytes differ between versions, processors (vectorised hash)
 * and operating systems (the header's system byte), and a file's bytes make its id. Fixed Huffman codes and one-candidate
 * matching: about 3:1 on usage files. Format: RFC 1951 and RFC 1952.
 */
import { crc32 } from 'node:zlib';

const MIN_MATCH = 4;
const MAX_MATCH = 258;
const WINDOW = 32_768;
const HASH_BITS = 15;

const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

function reverseBits(value: number, bits: number): number {
  let result = 0;
  for (let i = 0; i < bits; i++) result |= ((value >>> i) & 1) << (bits - 1 - i);
  return result;
}

/** Code and width of literal/length symbols under the fixed tree (RFC 1951, 3.2.6), already in bit order. */
function fixedCodes(): { code: Uint16Array; bits: Uint8Array } {
  const code = new Uint16Array(288);
  const bits = new Uint8Array(288);
  for (let symbol = 0; symbol < 288; symbol++) {
    const [base, first, width] =
      symbol < 144
        ? [0x30, 0, 8]
        : symbol < 256
          ? [0x190, 144, 9]
          : symbol < 280
            ? [0, 256, 7]
            : [0xc0, 280, 8];
    bits[symbol] = width!;
    code[symbol] = reverseBits(base + symbol - first, width);
  }
  return { code, bits };
}

const { code: CODE, bits: BITS } = fixedCodes();
const DISTANCE_BASE = DISTANCE_EXTRA.reduce<number[]>((bases, _extra, i) => {
  bases.push(i === 0 ? 1 : bases[i - 1]! + 2 ** DISTANCE_EXTRA[i - 1]!);
  return bases;
}, []);
const LENGTH_SYMBOL = new Uint8Array(MAX_MATCH + 1);
for (let length = 3, symbol = 0; length <= MAX_MATCH; length++) {
  while (symbol < 28 && LENGTH_BASE[symbol + 1]! <= length) symbol++;
  LENGTH_SYMBOL[length] = symbol;
}

class BitWriter {
  readonly out: Buffer;
  position = 0;
  #bits = 0;
  #count = 0;

  constructor(capacity: number) {
    this.out = Buffer.allocUnsafe(capacity);
  }

  put(value: number, width: number): void {
    this.#bits |= value << this.#count;
    this.#count += width;
    while (this.#count >= 8) {
      this.out[this.position++] = this.#bits & 0xff;
      this.#bits >>>= 8;
      this.#count -= 8;
    }
  }

  flush(): void {
    if (this.#count > 0) this.put(0, 8 - this.#count);
  }
}

function distanceSymbol(distance: number): number {
  if (distance <= 4) return distance - 1;
  const high = 31 - Math.clz32(distance - 1);
  return high * 2 + (((distance - 1) >>> (high - 1)) & 1);
}

function putMatch(writer: BitWriter, length: number, distance: number): void {
  const symbol = LENGTH_SYMBOL[length]!;
  writer.put(CODE[257 + symbol]!, BITS[257 + symbol]!);
  writer.put(length - LENGTH_BASE[symbol]!, LENGTH_EXTRA[symbol]!);
  const far = distanceSymbol(distance);
  writer.put(reverseBits(far, 5), 5);
  writer.put(distance - DISTANCE_BASE[far]!, DISTANCE_EXTRA[far]!);
}

function matchLength(input: Buffer, at: number, candidate: number): number {
  const limit = Math.min(MAX_MATCH, input.length - at);
  let length = 0;
  while (length < limit && input[candidate + length] === input[at + length]) length++;
  return length;
}

function deflateFixed(input: Buffer, writer: BitWriter): void {
  const heads = new Int32Array(1 << HASH_BITS).fill(-1);
  writer.put(1, 1);
  writer.put(1, 2);
  let at = 0;
  while (at < input.length) {
    let length = 0;
    let candidate = -1;
    if (at + MIN_MATCH <= input.length) {
      const hash = Math.imul(input.readUInt32LE(at), 0x9e3779b1) >>> (32 - HASH_BITS);
      candidate = heads[hash]!;
      heads[hash] = at;
      if (candidate >= 0 && at - candidate <= WINDOW) length = matchLength(input, at, candidate);
    }
    if (length >= MIN_MATCH) {
      putMatch(writer, length, at - candidate);
      at += length;
    } else {
      writer.put(CODE[input[at]!]!, BITS[input[at]!]!);
      at++;
    }
  }
  writer.put(CODE[256]!, BITS[256]!);
  writer.flush();
}

/** One gzip member holding `input`; no name, no time, unknown operating system. */
export function deterministicGzip(input: Buffer): Buffer {
  const writer = new BitWriter(Math.ceil((input.length * 9) / 8) + 64);
  const header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
  for (const byte of header) writer.out[writer.position++] = byte;
  deflateFixed(input, writer);
  writer.out.writeUInt32LE(crc32(input), writer.position);
  writer.out.writeUInt32LE(input.length >>> 0, writer.position + 4);
  return writer.out.subarray(0, writer.position + 8);
}
