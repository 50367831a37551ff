// Threads do not inherit the TypeScript loader of their process.
import { register } from 'tsx/esm/api';

register();
await import('./inserter-thread.ts');
