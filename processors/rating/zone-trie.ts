const SYMBOLS = 11;
const ZERO = 0x30;
const PLUS = 0x2b;
const PLUS_SYMBOL = 10;

/**
 * Longest prefix over the digits and plus signs of a number: a trie in one typed array, so tens of thousands of prefixes cost a walk
 * over as many bytes as the longest match has, and no allocation.
 */
export class ZoneTrie {
  /** Child nodes, SYMBOLS per node; 0 = none (the root, node 0, is nobody's child). */
  private children = new Int32Array(SYMBOLS * 64);
  /** Zone of each node + 1; 0 = none. */
  private zones = new Int32Array(64);
  private nodes = 1;

  /** Adds a prefix; false when it is there already. Only digits and plus signs match. */
  add(prefix: string, zone: number): boolean {
    let node = 0;
    for (let index = 0; index < prefix.length; index++)
      node = this.childOf(node, symbolOf(prefix.charCodeAt(index)));
    if (this.zones[node] !== 0) return false;
    this.zones[node] = zone + 1;
    return true;
  }

  /** Zone of the longest prefix of the number in `bytes[start, end)`, -1 when none matches. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const { children, zones } = this;
    let node = 0;
    let zone = zones[0]!;
    for (let index = start; index < end; index++) {
      const symbol = symbolOf(bytes[index]!);
      if (symbol < 0) break;
      node = children[node * SYMBOLS + symbol]!;
      if (node === 0) break;
      const own = zones[node]!;
      if (own !== 0) zone = own;
    }
    return zone - 1;
  }

  private childOf(node: number, symbol: number): number {
    const slot = node * SYMBOLS + symbol;
    if (this.children[slot] !== 0) return this.children[slot]!;
    if (this.nodes === this.zones.length) this.grow();
    const child = this.nodes++;
    this.children[slot] = child;
    return child;
  }

  private grow(): void {
    const children = new Int32Array(this.children.length * 2);
    children.set(this.children);
    this.children = children;
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
