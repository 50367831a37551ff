const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const COMMA = 44;
const COLON = 58;
const MINUS = 45;
const PLUS = 43;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const LOWER_U = 117;

const LITERALS = [Buffer.from('true'), Buffer.from('false'), Buffer.from('null')];
/** Characters after a backslash, `u` apart. */
const ESCAPES = new Uint8Array(256);
for (const character of '"\\/bfnrt') ESCAPES[character.charCodeAt(0)] = 1;

function isHex(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 32;
  return (byte >= ZERO && byte <= NINE) || (lower >= 97 && lower <= 102);
}

/**
 * Reads JSON (RFC 8259) from bytes without making values: each method moves behind what it names, or answers false and leaves
 * `at` where the text stops being JSON. Nesting is bounded by the text's length only.
 */
export class JsonCursor {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  end = 0;
  /** The string read last held an escape. */
  escaped = false;
  /** Bits of all bytes of strings: 0x80 or more when one was not ASCII. */
  bits = 0;
  private nesting = new Uint8Array(64);

  reset(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.bits = 0;
  }

  /** Byte at the cursor; -1 at the end. */
  peek(): number {
    return this.at < this.end ? this.bytes[this.at]! : -1;
  }

  space(): void {
    const { bytes, end } = this;
    let p = this.at;
    while (p < end && (bytes[p] === 32 || bytes[p] === 9 || bytes[p] === 10 || bytes[p] === 13)) p++;
    this.at = p;
  }

  /** Moves behind `byte` when it is next. */
  take(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at++;
    return true;
  }

  string(): boolean {
    this.escaped = false;
    if (!this.take(QUOTE)) return false;
    const { bytes, end } = this;
    let p = this.at;
    let bits = 0;
    while (p < end) {
      const byte = bytes[p]!;
      if (byte === QUOTE) break;
      if (byte < 32) return this.stop(p);
      bits |= byte;
      if (byte === BACKSLASH) {
        p = this.escape(p);
        if (p < 0) return false;
      } else p++;
    }
    this.bits |= bits;
    return p < end ? this.move(p + 1) : this.stop(p);
  }

  /** Position behind the escape that starts at `at`; -1 when it is none. */
  private escape(at: number): number {
    this.escaped = true;
    const next = at + 1 < this.end ? this.bytes[at + 1]! : -1;
    if (next === LOWER_U) {
      for (let i = at + 2; i < at + 6; i++)
        if (i >= this.end || !isHex(this.bytes[i])) return this.refuse(at);
      return at + 6;
    }
    return next >= 0 && ESCAPES[next] === 1 ? at + 2 : this.refuse(at);
  }

  private refuse(at: number): -1 {
    this.at = at;
    return -1;
  }

  /** A number, true, false or null. */
  scalar(): boolean {
    const first = this.peek();
    if (first === MINUS || (first >= ZERO && first <= NINE)) return this.number();
    return LITERALS.some((literal) => this.literal(literal));
  }

  private literal(literal: Buffer): boolean {
    const { bytes, at, end } = this;
    if (at + literal.length > end) return false;
    for (let i = 0; i < literal.length; i++) if (bytes[at + i] !== literal[i]) return false;
    return this.move(at + literal.length);
  }

  private number(): boolean {
    this.take(MINUS);
    if (!this.take(ZERO) && !this.digits()) return false;
    if (this.take(DOT) && !this.digits()) return false;
    if ((this.peek() | 32) === 101 && this.peek() >= 0) {
      this.at++;
      if (!this.take(PLUS)) this.take(MINUS);
      return this.digits();
    }
    return true;
  }

  /** One digit or more. */
  private digits(): boolean {
    const start = this.at;
    let p = start;
    while (p < this.end && this.bytes[p]! >= ZERO && this.bytes[p]! <= NINE) p++;
    this.at = p;
    return p > start;
  }

  /** Any value, however deeply nested. */
  value(): boolean {
    let depth = 0;
    for (;;) {
      this.space();
      const byte = this.peek();
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        this.at++;
        this.space();
        if (this.peek() !== byte + 2) {
          depth = this.open(depth, byte);
          if (byte === OPEN_OBJECT && !this.key()) return false;
          continue;
        }
        this.at++;
      } else if (!(byte === QUOTE ? this.string() : this.scalar())) return false;
      // A value is complete: close what ends here, or go on with the next member.
      depth = this.close(depth);
      if (depth <= 0) return depth === 0;
    }
  }

  private open(depth: number, byte: number): number {
    if (depth === this.nesting.length) {
      const larger = new Uint8Array(2 * depth);
      larger.set(this.nesting);
      this.nesting = larger;
    }
    this.nesting[depth] = byte;
    return depth + 1;
  }

  /** New depth: 0 when the outermost value is complete, -1 when the text is no JSON; else a further value follows. */
  private close(depth: number): number {
    let left = depth;
    while (left > 0) {
      this.space();
      const isObject = this.nesting[left - 1] === OPEN_OBJECT;
      if (this.take(COMMA)) {
        this.space();
        return isObject && !this.key() ? -1 : left;
      }
      if (!this.take(isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return -1;
      left--;
    }
    return left;
  }

  /** A member's name and its colon. */
  key(): boolean {
    this.space();
    if (!this.string()) return false;
    this.space();
    return this.take(COLON);
  }

  private move(to: number): true {
    this.at = to;
    return true;
  }

  private stop(at: number): false {
    this.at = at;
    return false;
  }
}
