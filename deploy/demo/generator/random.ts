/** Source of repeatable numbers. Same seed, same numbers, on every machine: integer operations and exact doubles only. */
export interface Random {
  /** Uniform integer in [0, 2^32). */
  next(): number;
  /** Uniform integer in [0, bound); bound at most 2^21, so that the product stays exact. */
  below(bound: number): number;
  /** Integer whose size is spread evenly over powers of two: 2^k + uniform below 2^k, k in [fromBits, toBits). */
  powerOfTwo(fromBits: number, toBits: number): number;
}

const TWO_32 = 4_294_967_296;

function seedWords(label: string): [number, number, number, number] {
  const words: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef];
  for (let i = 0; i < label.length; i++) {
    const slot = i & 3;
    words[slot] = Math.imul(words[slot]! ^ label.charCodeAt(i), 0x01000193 + slot * 2) >>> 0;
  }
  return words;
}

/**
 * Chris Doty-Humphrey's sfc32 (small fast counter, 128 bits of state), seeded by any text. Generators with different
 * labels are independent, so every file can have its own and files can be made in any order.
 */
export function createRandom(label: string): Random {
  let [a, b, c, counter] = seedWords(label);
  function next(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  }
  function below(bound: number): number {
    return Math.floor((next() * bound) / TWO_32);
  }
  for (let i = 0; i < 20; i++) next();
  return {
    next,
    below,
    powerOfTwo(fromBits, toBits) {
      const size = 2 ** (fromBits + below(toBits - fromBits));
      return size + Math.floor((next() * size) / TWO_32);
    },
  };
}
