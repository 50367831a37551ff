import type { FileKind } from './file-imperfections.ts';

/** What a run is made from; the same parameters give the same bytes. */
export interface DemoParameters {
  seed: string;
  records: number;
  subscriptions: number;
  /** yyyy-MM */
  month: string;
}

/** manifest.json beside the client's files: for people. Nothing that checks the product may read it. */
export interface DemoManifest {
  format: 1;
  generator: 'tallystream-demo';
  /** false while the files are being written, and for ever when that was interrupted. */
  complete: boolean;
  parameters: DemoParameters;
  files: number;
  /** Detail records in the ordinary files: the number asked for. */
  records: number;
  /** Bytes of the usage files as they lie there. */
  bytes: number;
  /** Records by service and kind of imperfection; the rest are ordinary. */
  imperfections: Record<string, Record<string, number>>;
  /** Files that are out of the ordinary, by path below the client's folder. */
  specialFiles: { kind: FileKind; path: string }[];
  /** sha256, hex, over the names and bytes of all usage files and the subscriptions, in the order of writing. */
  digest: string;
}

export function emptyManifest(parameters: DemoParameters): DemoManifest {
  return {
    format: 1,
    generator: 'tallystream-demo',
    complete: false,
    parameters,
    files: 0,
    records: 0,
    bytes: 0,
    imperfections: {},
    specialFiles: [],
    digest: '',
  };
}
