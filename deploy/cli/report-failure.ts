/**
 * Says why a command ended and sets exit code 1. Everything a user can cause has a message of its own and a stack
 * helps nobody there; `TALLY_DEBUG` adds it.
 */
export function reportFailure(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (process.env['TALLY_DEBUG'] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack ?? ''}\n`);
  process.exitCode = 1;
}
