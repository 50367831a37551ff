/** Something that is not as in the undisturbed run. */
export interface Difference {
  /** What was compared, e.g. `table rated`. */
  readonly what: string;
  /** Lines for people, the first few of what differs. */
  readonly details: readonly string[];
}

/** What was compared, how much of it, and how it differs. */
export interface Comparison {
  readonly what: string;
  readonly items: number;
  readonly difference: Difference | null;
}

const SHOWN = 6;

/** Compares two collections of texts, order aside; shows the first of each side that the other lacks. */
export function compareTexts(
  what: string,
  reference: readonly string[],
  disturbed: readonly string[],
): Comparison {
  const missing = without(reference, disturbed);
  const added = without(disturbed, reference);
  const show = (side: string, texts: readonly string[]): string[] => [
    ...texts.slice(0, SHOWN).map((text) => `${side} ${text}`),
    ...(texts.length > SHOWN ? [`${side} … and ${texts.length - SHOWN} more`] : []),
  ];
  const details = [...show('missing:', missing), ...show('added:  ', added)];
  const difference =
    details.length === 0
      ? null
      : { what, details: [`${reference.length} expected, ${disturbed.length} found`, ...details] };
  return { what, items: disturbed.length, difference };
}

/** Texts of `left` that `right` does not have as often. */
function without(left: readonly string[], right: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of right) counts.set(text, (counts.get(text) ?? 0) + 1);
  return left.filter((text) => {
    const count = counts.get(text) ?? 0;
    if (count > 0) counts.set(text, count - 1);
    return count === 0;
  });
}
