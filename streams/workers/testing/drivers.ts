import { TopologyTestDriver } from '../../engine/index.ts';
import type { TopologyTestDriverOptions } from '../../engine/index.ts';
import { aggregateTopology } from '../aggregate/aggregate-topology.ts';
import { mediateTopology } from '../mediate/mediate-topology.ts';
import { rateTopology } from '../rate/rate-topology.ts';
import { TOPICS } from '../topics.ts';
import { decode } from './messages.ts';
import { loadTestCatalog } from './test-catalog.ts';

export function mediateDriver(options: TopologyTestDriverOptions = {}): TopologyTestDriver {
  return new TopologyTestDriver(mediateTopology(loadTestCatalog()), options);
}

export function rateDriver(options: TopologyTestDriverOptions = {}): TopologyTestDriver {
  const { catalog, compiled, directory, catalogVersion } = loadTestCatalog();
  const { windowDays } = catalog.duplicates;
  return new TopologyTestDriver(
    rateTopology({ catalog: compiled, catalogVersion, directory, windowDays }),
    options,
  );
}

export function aggregateDriver(options: TopologyTestDriverOptions = {}): TopologyTestDriver {
  return new TopologyTestDriver(aggregateTopology(loadTestCatalog().compiled), options);
}

/** Takes and decodes what was written to a topic. */
export function readAll<Value>(driver: TopologyTestDriver, topic: string): Value[] {
  return driver.read(topic).map(({ value }) => decode<Value>(value));
}

/** Mediated batches of raw ones. */
export function mediatedOf(raw: Buffer): Buffer[] {
  const driver = mediateDriver();
  driver.pipe(TOPICS.raw, { value: raw });
  return driver.read(TOPICS.mediated).map(({ value }) => value);
}
