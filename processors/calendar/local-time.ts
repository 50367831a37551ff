const DAY_SECONDS = 86_400;
/** Sampling step when looking for a zone's transitions; two that cancel each other within it would be missed. */
const STEP_SECONDS = DAY_SECONDS / 2;
/** Spans of time whose transitions are computed together, when first needed: about 388 days. */
const SPAN_SECONDS = 2 ** 25;
const MICROS = 1_000_000;

/** Offset in force until a bound; bounds ascend and the last one lies behind the span. */
interface Offsets {
  /** Behind the last UTC second of each offset. */
  readonly untilUtc: Float64Array;
  /** Behind the last local second of each offset. */
  readonly untilLocal: Float64Array;
  /** Seconds to add to UTC. */
  readonly offsets: Float64Array;
}

/** Reads the zone's offset at a UTC second out of Intl; slow (a microsecond and more), so only used to find transitions. */
function offsetReader(zone: string): (utcSeconds: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (utcSeconds) => {
    const parts: Record<string, string> = {};
    for (const part of format.formatToParts(utcSeconds * 1000)) parts[part.type] = part.value;
    const at = (name: string): number => Number(parts[name]);
    const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
    return local / 1000 - utcSeconds;
  };
}

/**
 * Local time of an IANA zone, without asking Intl per call: the zone's transitions are found once per span of time.
 * Ambiguous local times are the earlier instant, local times in a gap move forward by the gap (rules section 3).
 */
export class LocalTime {
  private readonly offsetAt: (utcSeconds: number) => number;
  private readonly spans = new Map<number, Offsets>();
  // The offset used last and where it holds: usage comes in time order, so nearly every call is answered here.
  private localFrom = 1;
  private localTo = 0;
  private localOffset = 0;
  private utcFrom = 1;
  private utcTo = 0;
  private utcOffset = 0;

  constructor(zone: string) {
    this.offsetAt = offsetReader(zone);
  }

  /** UTC seconds of a local time given as if it were UTC (days since 1970-01-01 × 86,400 + second of the day). */
  toUtc(localSeconds: number): number {
    if (!(localSeconds >= this.localFrom && localSeconds < this.localTo)) this.findLocal(localSeconds);
    return localSeconds - this.localOffset;
  }

  /** Local date, in days since 1970-01-01, of an instant in microseconds since the epoch. */
  dayOf(micros: number): number {
    const seconds = Math.floor(micros / MICROS);
    if (!(seconds >= this.utcFrom && seconds < this.utcTo)) this.findUtc(seconds);
    return Math.floor((seconds + this.utcOffset) / DAY_SECONDS);
  }

  private findLocal(seconds: number): void {
    const span = Math.floor(seconds / SPAN_SECONDS);
    const { untilLocal, offsets } = this.span(span);
    let i = 0;
    while (untilLocal[i]! <= seconds) i++;
    this.localOffset = offsets[i]!;
    this.localFrom = Math.max(span * SPAN_SECONDS, i === 0 ? -Infinity : untilLocal[i - 1]!);
    this.localTo = Math.min((span + 1) * SPAN_SECONDS, untilLocal[i]!);
  }

  private findUtc(seconds: number): void {
    const span = Math.floor(seconds / SPAN_SECONDS);
    const { untilUtc, offsets } = this.span(span);
    let i = 0;
    while (untilUtc[i]! <= seconds) i++;
    this.utcOffset = offsets[i]!;
    this.utcFrom = Math.max(span * SPAN_SECONDS, i === 0 ? -Infinity : untilUtc[i - 1]!);
    this.utcTo = Math.min((span + 1) * SPAN_SECONDS, untilUtc[i]!);
  }

  private span(index: number): Offsets {
    let found = this.spans.get(index);
    if (found === undefined) {
      // Two days more at either side, because local bounds lie up to a day beside the UTC ones.
      found = this.compute(
        index * SPAN_SECONDS - 2 * DAY_SECONDS,
        (index + 1) * SPAN_SECONDS + 2 * DAY_SECONDS,
      );
      this.spans.set(index, found);
    }
    return found;
  }

  private compute(from: number, to: number): Offsets {
    const untilUtc: number[] = [];
    const untilLocal: number[] = [];
    const offsets: number[] = [];
    let before = this.offsetAt(from);
    for (let t = from; t < to; t += STEP_SECONDS) {
      const after = this.offsetAt(t + STEP_SECONDS);
      if (after === before) continue;
      const transition = this.transition(t, t + STEP_SECONDS, before);
      offsets.push(before);
      untilUtc.push(transition);
      // In a gap the old offset moves forward by the gap; in an overlap it gives the earlier instant: so it holds to the later bound.
      untilLocal.push(transition + Math.max(before, after));
      before = after;
    }
    offsets.push(before);
    untilUtc.push(Infinity);
    untilLocal.push(Infinity);
    return {
      untilUtc: Float64Array.from(untilUtc),
      untilLocal: Float64Array.from(untilLocal),
      offsets: Float64Array.from(offsets),
    };
  }

  /** First second in (low, high] whose offset is not `before`. */
  private transition(low: number, high: number, before: number): number {
    let l = low;
    let h = high;
    while (h - l > 1) {
      const middle = Math.floor((l + h) / 2);
      if (this.offsetAt(middle) === before) l = middle;
      else h = middle;
    }
    return h;
  }
}
