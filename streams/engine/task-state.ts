import { EngineError } from './errors.ts';

/**
 * Life of a task:
 *
 *   CREATED ──► RESTORING ──► RUNNING ──► CLOSED
 *      │            │            │          ▲
 *      │            ▼            ▼          │
 *      │          FAILED ◄─── (unknown error, broken chain)
 *      │            └───────────────────────┤
 *      └────────────────────────────────────┘
 *
 * FAILED processes nothing; only closing is left, and a new task restores the last committed state.
 */
const taskTransitions = {
  CREATED: ['RESTORING', 'CLOSED'],
  RESTORING: ['RUNNING', 'FAILED', 'CLOSED'],
  RUNNING: ['FAILED', 'CLOSED'],
  FAILED: ['CLOSED'],
  CLOSED: [],
} as const satisfies Record<string, readonly string[]>;

export type TaskState = keyof typeof taskTransitions;

/** @throws EngineError when the diagram has no such arrow. */
export function nextTaskState(from: TaskState, to: TaskState): TaskState {
  const allowed: readonly TaskState[] = taskTransitions[from];
  if (!allowed.includes(to))
    throw new EngineError('TASK_STATE', `a task that is ${from} cannot become ${to}`);
  return to;
}
