import type { CrashProofResult } from './crash-proof.ts';

/** The result for people; differences last, so that a terminal shows them. */
export function renderResult(result: CrashProofResult, wanted: number): string {
  const { killsByPhase: by, comparisons } = result;
  const lines = [
    '',
    `${result.kills} kills -9 after ready: ${by.recovery} in recovery (${result.recoveriesInBilling} of them with billing under way), ` +
      `${by.intake} in intake and rating, ${by.billing} in billing; ${by.startup} more before ready`,
    `${result.tornTails} torn writes cut, ${result.billingCalls} billing calls, ${result.lostAnswers} lost answers`,
    '',
    ...comparisons.map(
      ({ what, items, difference }) => `${difference === null ? 'equal  ' : 'DIFFERS'} ${what} (${items})`,
    ),
    '',
  ];
  if (result.kills < wanted)
    lines.push(`Only ${result.kills} of ${wanted} kills hit work: give more records by --records.`, '');
  for (const { difference } of comparisons) {
    if (difference !== null)
      lines.push(`${difference.what}:`, ...difference.details.map((line) => `  ${line}`), '');
  }
  lines.push(
    result.ok
      ? `Nothing is lost, repeated or different. (seed ${result.seed})`
      : `The disturbed run is not what it must be. (seed ${result.seed})`,
  );
  return lines.join('\n');
}
