#!/usr/bin/env node
import { checkNode, ensureInstalled, runScript } from '../setup/run.mjs';

checkNode();
ensureInstalled(false);
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.exit(runScript('deploy/cli/main.ts', process.argv.slice(2)));
