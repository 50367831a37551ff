const SYMBOLS = 11;
const ZERO = 0x30;
const PLUS = 0x2b;
const PLUS_SYMBOL = 10;

/**
 * Longest prefix over the digits and plus signs of a number: a trie in one typed array, so tens of thousands of prefixes cost a walk
 * over as many bytes as the longest match has, and no allocation. Prefixes that no other begins with, nearly all, need no node: the
 * last step to them holds the zone itself, which keeps the trie small enough for the processor's cache.
 */
export class ZoneTrie {
  /** SYMBOLS steps per node: a node's number, or -1 - zone where the prefix ends and nothing follows, or 0 (the root is nobody's child). */
  private steps = new Int32Array(SYMBOLS * 64);
  /** Zone of each node + 1; 0 = none. */
  private zones = new Int32Array(64);
  private nodes = 1;

  /** Adds a prefix of digits and plus signs; false when it is there already. */
  add(prefix: string, zone: number): boolean {
    if (prefix === '') return this.setZone(0, zone);
    let node = 0;
    for (let index = 0; index < prefix.length - 1; index++) {
      node = this.childOf(node * SYMBOLS + symbolOf(prefix.charCodeAt(index)));
    }
    const slot = node * SYMBOLS + symbolOf(prefix.charCodeAt(prefix.length - 1));
    const step = this.steps[slot]!;
    if (step > 0) return this.setZone(step, zone);
    if (step < 0) return false;
    this.steps[slot] = -1 - zone;
    return true;
  }

  /** Zone of the longest prefix of the number in `bytes[start, end)`, -1 when none matches. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const { steps, zones } = this;
    let zone = zones[0]!;
    let step = 0;
    for (let index = start; index < end; index++) {
      const symbol = symbolOf(bytes[index]!);
      if (symbol < 0) break;
      step = steps[step * SYMBOLS + symbol]!;
      if (step < 0) return -1 - step;
      if (step === 0) break;
      const own = zones[step]!;
      if (own !== 0) zone = own;
    }
    return zone - 1;
  }

  private setZone(node: number, zone: number): boolean {
    if (this.zones[node] !== 0) return false;
    this.zones[node] = zone + 1;
    return true;
  }

  /** Node behind a step; made when there is none, with the zone of a prefix that ended there. */
  private childOf(slot: number): number {
    const step = this.steps[slot]!;
    if (step > 0) return step;
    if (this.nodes === this.zones.length) this.grow();
    const child = this.nodes++;
    if (step < 0) this.zones[child] = -step;
    this.steps[slot] = child;
    return child;
  }

  private grow(): void {
    const steps = new Int32Array(this.steps.length * 2);
    steps.set(this.steps);
    this.steps = steps;
    const zones = new Int32Array(this.zones.length * 2);
    zones.set(this.zones);
    this.zones = zones;
  }
}

/** 0 to 9 for digits, 10 for plus, -1 for anything else. */
function symbolOf(code: number): number {
  const digit = code - ZERO;
  if (digit >= 0 && digit <= 9) return digit;
  return code === PLUS ? PLUS_SYMBOL : -1;
}
