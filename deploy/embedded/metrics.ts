import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { ServiceCounts, ServiceStatus } from './service-status.ts';

const COUNTERS: Readonly<Record<keyof ServiceCounts, readonly [name: string, help: string]>> = {
  filesAccepted: ['tally_files_accepted_total', 'Files taken in and archived.'],
  filesRefused: ['tally_files_refused_total', 'Files rejected or known already.'],
  bytesRead: ['tally_bytes_read_total', 'Bytes of files that ended, as they lay in the folders.'],
  linesRead: ['tally_lines_read_total', 'Lines of files taken in.'],
  recordsMediated: ['tally_records_mediated_total', 'Records that went through mediation.'],
  recordsRated: ['tally_records_rated_total', 'Records that went through rating.'],
  deadLetters: ['tally_dead_letters_total', 'Messages that can never be processed.'],
  deliveries: ['tally_deliveries_total', 'Deliveries that ClickHouse or billing has accepted.'],
  deliveryFailures: [
    'tally_delivery_failures_total',
    'Attempts of deliveries that failed; each is repeated.',
  ],
};

/** Counts and state of a service for Prometheus; read when they are asked for. */
export function serviceMetrics(status: () => ServiceStatus): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const [key, [name, help]] of Object.entries(COUNTERS)) {
    new Counter({
      ...{ name, help, registers },
      collect() {
        this.reset();
        this.inc(status().counts[key as keyof ServiceCounts]);
      },
    });
  }
  new Gauge({
    ...{ name: 'tally_lag_messages', help: 'Messages that a group has not gone through yet.', registers },
    labelNames: ['group', 'topic'],
    collect() {
      for (const { group, topic, messages } of status().lag) this.set({ group, topic }, messages);
    },
  });
  new Gauge({
    ...{ name: 'tally_blocked_files', help: 'Files and folders that cannot be taken in now.', registers },
    collect() {
      this.set(status().blocked.length);
    },
  });
  new Gauge({
    ...{ name: 'tally_failing_deliveries', help: 'Deliveries whose last attempt failed.', registers },
    collect() {
      this.set(status().failing.length);
    },
  });
  return registry;
}
