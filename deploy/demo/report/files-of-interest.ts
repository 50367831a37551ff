import type { FileRow } from './report-model.ts';

/** Records of the file that did not go through. */
export function troubleOf(file: FileRow): number {
  const { parse, mediation, rating } = file.phases;
  return parse.error + mediation.error + rating.suspended + rating.duplicates + rating.error;
}

/** Rejected and duplicate files first, then those with most records in trouble; equal ones keep their order. */
export function filesOfInterest(files: readonly FileRow[]): FileRow[] {
  const rank = (file: FileRow) => (file.status === 'REJECTED' ? 0 : file.status === 'DUPLICATE' ? 1 : 2);
  return [...files].sort((a, b) => rank(a) - rank(b) || troubleOf(b) - troubleOf(a));
}
