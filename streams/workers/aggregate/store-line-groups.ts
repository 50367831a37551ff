import type { GroupKey } from '../../../processors/aggregation/group-key.ts';
import { GROUP_SUMS } from '../../../processors/aggregation/line-groups.ts';
import type { GroupSum, LineGroups } from '../../../processors/aggregation/line-groups.ts';
import { bytes, EngineError, HASH128_BYTES, hash128, StructStore } from '../../engine/index.ts';

/** Room for the whole key: account, subscription, usage type, unit of 40 characters each, up to twice as long in UTF-8. */
const KEY_ROOM = 352;

const FIELDS = {
  charges: 'integer',
  records: 'integer',
  quantity: 'integer',
  amount: 'integer',
  firstUsage: 'integer',
  lastUsage: 'integer',
  keyLength: 'integer',
  key: bytes(KEY_ROOM),
} as const;

export function createGroupStore(): StructStore<typeof FIELDS> {
  return new StructStore({ name: 'groups', keyWidth: HASH128_BYTES, fields: FIELDS });
}

/** Groups of the run in the making, in the off-heap store under the fingerprint of their key. */
export class StoreLineGroups implements LineGroups {
  private readonly store: StructStore<typeof FIELDS>;
  private readonly sums;
  private readonly keyLength;
  private readonly keyBytes;
  private readonly fingerprint = Buffer.alloc(HASH128_BYTES);
  private readonly room = Buffer.alloc(KEY_ROOM);

  constructor(store: StructStore<typeof FIELDS>) {
    this.store = store;
    this.sums = Object.fromEntries(GROUP_SUMS.map((name) => [name, store.integer(name)])) as Record<
      GroupSum,
      ReturnType<typeof store.integer>
    >;
    this.keyLength = store.integer('keyLength');
    this.keyBytes = store.bytes('key');
  }

  get size(): number {
    return this.store.size;
  }

  find(key: GroupKey): number {
    hash128(key.bytes, 0, key.length, this.fingerprint, 0);
    return this.store.find(this.fingerprint, 0);
  }

  create(key: GroupKey): number {
    if (key.length > KEY_ROOM) {
      throw new EngineError(
        'GROUP_KEY_TOO_LONG',
        `The names that separate a billing line take ${key.length} bytes, ${KEY_ROOM} are possible`,
      );
    }
    hash128(key.bytes, 0, key.length, this.fingerprint, 0);
    const slot = this.store.upsert(this.fingerprint, 0);
    this.room.fill(0);
    key.bytes.copy(this.room, 0, 0, key.length);
    this.keyBytes.set(slot, this.room, 0);
    this.keyLength.set(slot, key.length);
    return slot;
  }

  get(handle: number, sum: GroupSum): number {
    return this.sums[sum].get(handle);
  }

  set(handle: number, sum: GroupSum, value: number): void {
    this.sums[sum].set(handle, value);
  }

  key(handle: number): Buffer {
    this.keyBytes.get(handle, this.room, 0);
    return Buffer.from(this.room.subarray(0, this.keyLength.get(handle)));
  }

  forEach(visit: (handle: number) => void): void {
    this.store.forEach(visit);
  }

  clear(): void {
    const key = Buffer.alloc(HASH128_BYTES);
    this.store.forEach((slot) => {
      this.store.keyAt(slot, key, 0);
      this.store.delete(key, 0);
    });
  }
}
