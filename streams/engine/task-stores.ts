import type { ChangelogEntry, InputRange } from './changelog.ts';
import { decodeChangelog, encodeChangelog } from './changelog.ts';
import { StateCorruptedError, TopologyError } from './errors.ts';
import { ProgressStore } from './progress-store.ts';
import type { StateStore } from './state-store.ts';

/** All state of one task: its stores and the engine's own table of positions and chain ends; committed as one. */
export class TaskStores {
  readonly progress = new ProgressStore();
  /** The progress table first, then the stores in the order of the topology. */
  readonly all: readonly StateStore[];
  readonly #byName: ReadonlyMap<string, StateStore>;

  constructor(stores: readonly StateStore[]) {
    this.all = [this.progress, ...stores];
    this.#byName = new Map(this.all.map((store) => [store.name, store]));
    if (this.#byName.size !== this.all.length) {
      throw new TopologyError(
        'STORE_NAME_TAKEN',
        `two stores have one name: ${this.all.map((store) => store.name).join(', ')}`,
      );
    }
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows what it put there
  store<Store extends StateStore>(name: string): Store {
    const store = this.#byName.get(name);
    if (store === undefined) throw new TopologyError('STORE_UNKNOWN', `there is no store "${name}"`);
    return store as Store;
  }

  /** Next offset of an input, -1 when nothing of it was ever consumed. */
  position(input: string): number {
    return this.progress.get(positionName(input)) ?? -1;
  }

  setPosition(input: string, next: number): void {
    this.progress.set(positionName(input), next);
  }

  /** The changes since the last commit as a changelog message; null when there are none. */
  encodeCommit(ranges: readonly InputRange[]): Buffer | null {
    const deltas = this.all.flatMap((store) => {
      const delta = store.delta();
      return delta === null ? [] : [{ store: store.name, format: store.format, delta }];
    });
    return deltas.length === 0 ? null : encodeChangelog({ ranges, deltas });
  }

  /**
   * Applies one committed changelog message; one that is already in the state is passed over.
   * @throws StateCorruptedError when a message before it is missing, or a delta has a format that the store does not read.
   */
  applyChangelog(value: Buffer, where: string): void {
    const entry = decodeChangelog(value, where);
    if (this.#isApplied(entry)) return;
    for (const { input, from } of entry.ranges) {
      const position = this.position(input);
      if (from === position) continue;
      throw new StateCorruptedError(
        'CHANGELOG_HOLE',
        `${where} continues ${input} at ${from}, the state is at ${position}: a changelog message is missing. ` +
          'Restore the changelog or an older copy of the whole state directory; do not go on without it.',
      );
    }
    for (const { store, format, delta } of entry.deltas) this.#target(store, format, where).applyDelta(delta);
  }

  commit(): void {
    for (const store of this.all) store.commit();
  }

  rollback(): void {
    for (const store of this.all) store.rollback();
  }

  #isApplied(entry: ChangelogEntry): boolean {
    return entry.ranges.length > 0 && entry.ranges.every(({ input, to }) => to <= this.position(input));
  }

  #target(name: string, format: string, where: string): StateStore {
    const store = this.#byName.get(name);
    if (store === undefined) {
      throw new StateCorruptedError(
        'STORE_UNKNOWN',
        `${where} holds changes of store "${name}", which the topology has no more`,
      );
    }
    if (store.format !== format) {
      throw new StateCorruptedError(
        'STORE_FORMAT',
        `${where} holds "${name}" as ${format}, the store reads ${store.format}`,
      );
    }
    return store;
  }
}

function positionName(input: string): string {
  return `next:${input}`;
}
