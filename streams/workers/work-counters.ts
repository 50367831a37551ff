/** Records that the workers of this process have gone through since its start; for progress and metrics, never for money. */
export interface WorkCounters {
  mediated: number;
  rated: number;
}

export function newWorkCounters(): WorkCounters {
  return { mediated: 0, rated: 0 };
}
