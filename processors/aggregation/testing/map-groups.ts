import type { GroupKey } from '../group-key.ts';
import type { GroupSum, LineGroups } from '../line-groups.ts';

/** Groups in a Map; for tests and small tools. */
export class MapGroups implements LineGroups {
  private readonly handles = new Map<string, number>();
  private readonly keys: Buffer[] = [];
  private readonly sums: Partial<Record<GroupSum, number>>[] = [];

  find(key: GroupKey): number {
    return this.handles.get(key.bytes.toString('hex', 0, key.length)) ?? -1;
  }

  create(key: GroupKey): number {
    const handle = this.keys.push(Buffer.from(key.bytes.subarray(0, key.length))) - 1;
    this.handles.set(key.bytes.toString('hex', 0, key.length), handle);
    this.sums.push({});
    return handle;
  }

  get(handle: number, sum: GroupSum): number {
    return this.sums[handle]![sum] ?? 0;
  }

  set(handle: number, sum: GroupSum, value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${sum} ${value} is not a safe integer`);
    this.sums[handle]![sum] = value;
  }

  key(handle: number): Buffer {
    return this.keys[handle]!;
  }

  forEach(visit: (handle: number) => void): void {
    this.keys.forEach((_, handle) => visit(handle));
  }

  clear(): void {
    this.handles.clear();
    this.keys.length = 0;
    this.sums.length = 0;
  }
}
