import { Command } from 'commander';
import { billCommand } from './bill-command.ts';
import { reportFailure } from './report-failure.ts';
import { runCommand } from './run-command.ts';
import { statusCommand } from './status-command.ts';
import { validateCommand } from './validate-command.ts';

const program = new Command('tally')
  .description('Tallystream: usage operations for carriers and utilities.')
  .showHelpAfterError();
for (const command of [runCommand(), statusCommand(), billCommand(), validateCommand()])
  program.addCommand(command.copyInheritedSettings(program));

try {
  await program.parseAsync();
} catch (error) {
  reportFailure(error);
}
// A call to billing that nobody waits for any more must not keep a stopped service alive.
process.exit();
