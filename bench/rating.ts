import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { catalog as catalogSchema } from '../schemas/catalog/catalog.ts';
import type { Catalog } from '../schemas/catalog/catalog.ts';
import { ContainerView } from '../schemas/codec/generated/views.ts';
import { writeContainer } from '../schemas/codec/generated/writers.ts';
import { ServiceDirectoryBuilder } from '../processors/guiding/service-directory-builder.ts';
import type { ServiceDirectory } from '../processors/guiding/service-directory.ts';
import type { Balances } from '../processors/rating/balances.ts';
import { compileCatalog } from '../processors/rating/compile-catalog.ts';
import type { CompiledCatalog } from '../processors/rating/compiled-catalog.ts';
import { ContainerUsage } from '../processors/rating/container-usage.ts';
import { Rater } from '../processors/rating/rater.ts';
import { RatingResult } from '../processors/rating/rating-result.ts';

const SUBSCRIPTIONS = 20_000;
const RECORDS = 50_000;
const PASSES = 6;
const RUNS = 5;
/** 2026-09-01T00:00:00Z in microseconds. */
const START = 1_788_220_800_000_000;
const DAY = 86_400_000_000;

/** Balances in one typed array; what the worker's off-heap store costs is measured with the worker. */
class ArrayBalances implements Balances {
  private readonly resources: number;
  private readonly values: Float64Array;
  private readonly known: Uint8Array;

  constructor(groups: number, resources: number) {
    this.resources = resources;
    this.values = new Float64Array(groups * resources);
    this.known = new Uint8Array(groups * resources);
  }

  find(group: number, resource: number): number {
    const handle = group * this.resources + resource;
    return this.known[handle] === 1 ? handle : -1;
  }

  value(handle: number): number {
    return this.values[handle]!;
  }

  set(handle: number, value: number): void {
    this.values[handle] = value;
  }

  create(group: number, resource: number, _cycle: number, value: number): void {
    const handle = group * this.resources + resource;
    this.known[handle] = 1;
    this.values[handle] = value;
  }
}

function demoCatalog(): Catalog {
  const folder = new URL('../deploy/demo/catalog/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const parts = files.map((name) => parse(readFileSync(new URL(name, folder), 'utf8')) as object);
  return catalogSchema.parse(Object.assign({}, ...parts));
}

/** The demo catalog with 40,000 prefixes in 500 zones and 200 voice offers, each in a plan of its own. */
function largeCatalog(): Catalog {
  const demo = demoCatalog();
  const model = structuredClone(demo.zoneModels[0]!);
  for (let zone = 0; zone < 500; zone++) {
    const prefixes = Array.from(
      { length: 80 },
      (_, index) => `+447${String(zone * 80 + index).padStart(5, '0')}`,
    );
    model.zones.push({ id: `Z${zone}`, name: `Zone ${zone}`, prefixes });
  }
  const voice = demo.offers.find(({ id }) => id === 'voice-business')!;
  const business = demo.plans.find(({ id }) => id === 'BUSINESS')!;
  const rows = [...voice.rows, { ...voice.rows[3]!, zone: model.zones.slice(-500).map(({ id }) => id) }];
  const offers = Array.from({ length: 200 }, (_, index) => ({ ...voice, id: `voice-${index}`, rows }));
  const plans = offers.map(({ id }, index) => ({
    ...business,
    id: `P${index}`,
    offers: [id, ...business.offers.slice(1)],
  }));
  return { ...demo, zoneModels: [model], offers: [...demo.offers, ...offers], plans };
}

function directoryOf(compiled: CompiledCatalog): ServiceDirectory {
  const builder = new ServiceDirectoryBuilder({ serviceTypes: compiled.serviceTypes, plans: compiled.plans });
  for (let index = 0; index < SUBSCRIPTIONS; index++) {
    builder.add({
      account: `ACC${Math.floor(index / 4)}`,
      subscription: `SUB${index}`,
      plan: compiled.plans[index % Math.min(compiled.plans.length, 200)]!,
      balanceGroup: `GRP${Math.floor(index / 4)}`,
      billCycleDay: 1 + (index % 28),
      from: '2020-01-01T00:00:00Z',
      statuses: [],
      services: compiled.serviceTypes.map((serviceType) => ({ serviceType, id: `+4477${index}` })),
    });
  }
  return builder.build();
}

/** Encoded containers: 60 % calls (a few premium), 15 % messages, 25 % data, spread over 30 days and all subscriptions. */
function containersOf(random: () => number): Buffer {
  const out = Buffer.alloc(RECORDS * 300);
  const prefixes = ['+44120', '+44712', '+44771', '+44800', '+33123', '+12125', '+44909'];
  let at = 0;
  for (let number = 0; number < RECORDS; number++) {
    const kind = random();
    const called = `${prefixes[Math.floor(random() * prefixes.length)]!}${Math.floor(1e6 + random() * 9e6)}`;
    const subscription = Math.floor(random() * SUBSCRIPTIONS);
    const startTime = START + Math.floor(random() * 30 * DAY);
    at = writeContainer(out, at, {
      recordNumber: number + 1,
      startTime,
      endTime: startTime,
      uniqueKey: Buffer.alloc(16),
      sourceRecordId: `R${number}`,
      usageType:
        kind < 0.6 ? (called.startsWith('+449') ? 'PREMIUM_CALL' : 'VOICE') : kind < 0.75 ? 'SMS' : 'DATA',
      serviceId: `+4477${subscription}`,
      callingNumber: '',
      calledNumber: called,
      duration: Math.floor(1 + random() * 900) * 1_000_000,
      volumeUp: Math.floor(random() * 1e6),
      volumeDown: Math.floor(random() * 1e7),
      units: 1_000_000,
      wholesaleAmount: 0,
      callType: 'V',
      network: 'GB01',
      apn: '',
      description: '',
      flex1: random() < 0.1 ? 'CORPORATE' : 'INTERNET',
      flex2: '',
      flex3: '',
      flex4: '',
      late: false,
      accountId: `ACC${Math.floor(subscription / 4)}`,
      subscriptionId: `SUB${subscription}`,
      balanceGroupId: `GRP${Math.floor(subscription / 4)}`,
    });
  }
  return out.subarray(0, at);
}

/** One pass over all containers: decode, find the subscription and, with a rater, rate. Returns how many were rated. */
function pass(
  containers: Buffer,
  directory: ServiceDirectory,
  rater: Rater | null,
  balances: Balances,
  result: RatingResult,
) {
  const view = new ContainerView();
  const usage = new ContainerUsage(view);
  let rated = 0;
  for (let position = 0; position < containers.length;) {
    position = view.decode(containers, position);
    const subscription = directory.subscriptionBy(
      containers,
      view.subscriptionIdStart,
      view.subscriptionIdEnd,
    );
    if (rater !== null && rater.rate(usage, subscription, balances, result) === 0) rated += 1;
  }
  return rated;
}

/** CPU nanoseconds per record. */
function nanosecondsOf(work: () => void): number {
  const before = process.cpuUsage();
  for (let index = 0; index < PASSES; index++) work();
  const used = process.cpuUsage(before);
  return ((used.user + used.system) * 1000) / (PASSES * RECORDS);
}

function spread(values: readonly number[]): object {
  const sorted = values.map(Math.round).sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[Math.floor(sorted.length / 2)], max: sorted.at(-1) };
}

function measure(catalog: Catalog): object {
  const outcome = compileCatalog(catalog);
  if (outcome.faults !== null) throw new Error(outcome.faults.join('; '));
  const directory = directoryOf(outcome.catalog);
  const rater = new Rater(outcome.catalog, directory);
  const balances = new ArrayBalances(directory.groups, outcome.catalog.resources.length);
  const result = new RatingResult();
  const containers = containersOf(generator(1));
  const rated = pass(containers, directory, rater, balances, result);
  pass(containers, directory, null, balances, result);
  const decoding: number[] = [];
  const whole: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    decoding.push(nanosecondsOf(() => pass(containers, directory, null, balances, result)));
    whole.push(nanosecondsOf(() => pass(containers, directory, rater, balances, result)));
  }
  const rating = whole.map((nanoseconds, run) => nanoseconds - decoding[run]!);
  return {
    ratingsPerCpuSecond: spread(rating.map((nanoseconds) => 1e9 / nanoseconds)),
    decodedAndRatedPerCpuSecond: spread(whole.map((nanoseconds) => 1e9 / nanoseconds)),
    recordsPerRun: PASSES * RECORDS,
    ratedShare: rated / RECORDS,
    containerBytes: Math.round(containers.length / RECORDS),
  };
}

/** mulberry32: the same records in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Rating of containers, one thread, balances in memory: the demo catalog, and 40,000 prefixes with 200 voice offers.
 * `ratingsPerCpuSecond` is the rating alone: the time of a pass that decodes and rates less that of one that only decodes.
 */
export async function run(): Promise<object> {
  await Promise.resolve();
  return { runs: RUNS, demo: measure(demoCatalog()), large: measure(largeCatalog()) };
}
