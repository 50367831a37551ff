import { StructStore } from '../../engine/index.ts';

const FIELDS = { next: 'integer', cut: 'integer' } as const;
const ONLY_KEY = Buffer.alloc(4);

export function createCutStore(): StructStore<typeof FIELDS> {
  return new StructStore({ name: 'cuts', keyWidth: ONLY_KEY.length, fields: FIELDS });
}

/** Where the partition of usage.rated stands and where its last run was cut. */
export class CutStore {
  private readonly store: StructStore<typeof FIELDS>;
  private readonly nextField;
  private readonly cutField;

  constructor(store: StructStore<typeof FIELDS>) {
    this.store = store;
    this.nextField = store.integer('next');
    this.cutField = store.integer('cut');
  }

  /** First offset that is not in any group yet. */
  get next(): number {
    return this.nextField.get(this.store.upsert(ONLY_KEY, 0));
  }

  set next(offset: number) {
    this.nextField.set(this.store.upsert(ONLY_KEY, 0), offset);
  }

  /** First offset behind the last run. */
  get cut(): number {
    return this.cutField.get(this.store.upsert(ONLY_KEY, 0));
  }

  set cut(offset: number) {
    this.cutField.set(this.store.upsert(ONLY_KEY, 0), offset);
  }
}
