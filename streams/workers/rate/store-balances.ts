import type { Balances } from '../../../processors/rating/balances.ts';
import { HASH128_BYTES, hash128Text, StructStore } from '../../engine/index.ts';

const RESOURCE_BYTES = 8;
const KEY_BYTES = HASH128_BYTES + RESOURCE_BYTES + 8;
const CYCLE_AT = HASH128_BYTES + RESOURCE_BYTES;

const FIELDS = { value: 'integer' } as const;

/** The store of balances: one entry per balance group, resource and billing cycle. */
export function createBalanceStore(): StructStore<typeof FIELDS> {
  return new StructStore({ name: 'balances', keyWidth: KEY_BYTES, fields: FIELDS });
}

/** Fingerprints of names, one after the other; identity in the state must not depend on numbers given at load time. */
function fingerprints(names: readonly string[], width: number): Buffer {
  const out = Buffer.alloc(names.length * width);
  names.forEach((name, index) => hash128Text(name).copy(out, index * width, 0, width));
  return out;
}

/** Balances kept in the off-heap store under the fingerprints of group and resource. */
export class StoreBalances implements Balances {
  private readonly store: StructStore<typeof FIELDS>;
  private readonly field;
  private readonly groups: Buffer;
  private readonly resources: Buffer;
  private readonly key = Buffer.alloc(KEY_BYTES);
  private keyGroup = -1;

  constructor(
    store: StructStore<typeof FIELDS>,
    names: { groups: readonly string[]; resources: readonly string[] },
  ) {
    this.store = store;
    this.field = store.integer('value');
    this.groups = fingerprints(names.groups, HASH128_BYTES);
    this.resources = fingerprints(names.resources, RESOURCE_BYTES);
  }

  find(group: number, resource: number, cycle: number): number {
    return this.store.find(this.keyOf(group, resource, cycle), 0);
  }

  value(handle: number): number {
    return this.field.get(handle);
  }

  set(handle: number, value: number): void {
    this.field.set(handle, value);
  }

  create(group: number, resource: number, cycle: number, value: number): void {
    this.field.set(this.store.upsert(this.keyOf(group, resource, cycle), 0), value);
  }

  private keyOf(group: number, resource: number, cycle: number): Buffer {
    const { key } = this;
    if (group !== this.keyGroup) {
      this.groups.copy(key, 0, group * HASH128_BYTES, (group + 1) * HASH128_BYTES);
      this.keyGroup = group;
    }
    const from = resource * RESOURCE_BYTES;
    for (let index = 0; index < RESOURCE_BYTES; index++)
      key[HASH128_BYTES + index] = this.resources[from + index]!;
    key[CYCLE_AT] = cycle & 0xff;
    key[CYCLE_AT + 1] = (cycle >> 8) & 0xff;
    key[CYCLE_AT + 2] = (cycle >> 16) & 0xff;
    key[CYCLE_AT + 3] = cycle >> 24;
    return key;
  }
}
