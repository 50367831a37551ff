/** A few files gone through a site, with ClickHouse and a billing system: what auditors look at in chapter 8 and docs/queries.md. */
import { join } from 'node:path';
import type { ClickHouseClient } from '@clickhouse/client';
import { startBillingSimulator } from '../../../deploy/demo/billing-simulator/billing-simulator.ts';
import { dataLayout } from '../../../deploy/embedded/data-layout.ts';
import { openWarehouse } from '../../../deploy/embedded/warehouse.ts';
import { ZoneOffsets } from '../../../processors/calendar/zone-offsets.ts';
import { systemClock } from '../../../streams/engine/index.ts';
import { createBillingSync } from '../../../streams/workers/billing-sync/billing-sync-worker.ts';
import { WarehouseInserter } from '../../../streams/workers/warehouse/warehouse-inserter.ts';
import { createWarehouseWorker } from '../../../streams/workers/warehouse/warehouse-worker.ts';
import { callFile, catalogFiles, loadNorthwind, PRICE_FOR_JAPAN } from './northwind.ts';
import type { Call } from './northwind.ts';
import { Site } from './site.ts';

const SWITCH = { platform: 'switch-1', serviceType: 'VOICE', recordType: 'POSTPAID' };

const COMPANY = '+447911000001';
const COLLEAGUE = '+447911000002';
const PRIVATE = '+447911000003';
const PARIS = '+33140000000';
const LEEDS = '+441632960111';

function call(id: string, from: string, to: string, seconds: number | string, date = '05/10/2026'): Call {
  return { id, from, to, date, time: '10:00:00', seconds };
}

/** Lines 2 to 9 of the first file: five that are rated, a broken one, one that a filter drops, one of an unknown service. */
const MONDAY = [
  call('C-1', COMPANY, PARIS, 90),
  call('C-2', COLLEAGUE, LEEDS, 600),
  call('C-3', PRIVATE, LEEDS, 120),
  call('C-4', PRIVATE, PARIS, 60),
  call('C-5', PRIVATE, '+449098790001', 90),
  call('C-6', COMPANY, LEEDS, 'long'),
  call('C-7', COMPANY, LEEDS, 0),
  call('C-8', '+447911000009', LEEDS, 60),
];
/** The second file: a copy of C-1, a call to a country without price, a call that comes late, two good ones. */
const TUESDAY = [
  call('C-1', COMPANY, PARIS, 90),
  call('C-9', COMPANY, '+81312345678', 60, '06/10/2026'),
  call('C-10', PRIVATE, LEEDS, 60, '20/09/2026'),
  call('C-11', COMPANY, LEEDS, 60, '06/10/2026'),
  call('C-12', COLLEAGUE, PARIS, 30, '06/10/2026'),
];

export interface AuditedSite {
  readonly client: ClickHouseClient;
  /** Rows of a query as objects. */
  query(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Of the plan instances, S-200 alone is unknown to this billing system: its lines are refused. */
const UNKNOWN = { accounts: 0, planInstances: 300 };
const CALLER = { clientNo: '5025550', authKey: 'demo-auth-key' };

/** Takes files through all stages, in two billing runs. Behind the second a repaired catalog rates one more file, not billed yet. */
export async function openAuditedSite(): Promise<AuditedSite> {
  const site = await Site.create(2);
  const { transport } = site;
  const northwind = loadNorthwind();
  // The real server out of the engine library, with the tables of schemas/clickhouse; `tally run` opens it by the same call.
  const warehouse = await openWarehouse(dataLayout(join(site.directory, 'data')));
  const billing = await startBillingSimulator({
    ...{ port: 0, journal: join(site.directory, 'billing.journal'), credentials: CALLER, unknown: UNKNOWN },
    ...{ faults: [], clock: systemClock },
  });
  const common = { transport, clock: systemClock, instance: 'chapter' };
  const sync = createBillingSync({
    ...common,
    billing: { ...CALLER, url: `http://127.0.0.1:${billing.port}/`, timeoutMs: 10_000 },
    linesPerCall: northwind.catalog.aggregation.linesPerCall,
    zone: new ZoneOffsets(northwind.catalog.client.timeZone),
  });
  const sinks = [
    sync.worker,
    createWarehouseWorker({ ...common, inserter: new WarehouseInserter(warehouse.client) }),
  ];
  const monday = callFile(MONDAY);

  site.deliver(SWITCH, '20261005_switch-1_0001.csv', monday);
  await site.work(northwind, sinks);
  await site.bill();
  await site.work(northwind, sinks);

  // Sent again under another name; a trailer that counts one record too many; number 0003 of the day never comes.
  site.deliver(SWITCH, '20261005_switch-1_0002.csv', monday);
  site.deliver(SWITCH, '20261006_switch-1_0001.csv', callFile(TUESDAY));
  site.deliver(SWITCH, '20261006_switch-1_0002.csv', callFile(TUESDAY).replace('TRL,5', 'TRL,6'));
  await site.work(northwind, sinks);
  await site.bill();
  await site.work(northwind, sinks);

  // Japan has a price now, and the call that was held comes again with a new one; no run has billed them yet.
  const again = [
    call('C-9', COMPANY, '+81312345678', 60, '06/10/2026'),
    call('C-13', COMPANY, PARIS, 60, '06/10/2026'),
  ];
  site.deliver(SWITCH, '20261006_switch-1_0004.csv', callFile(again));
  await site.work(loadNorthwind(catalogFiles(...PRICE_FOR_JAPAN)), sinks);

  const query = async (sql: string): Promise<Record<string, unknown>[]> => {
    const result = await warehouse.client.query({ query: sql, format: 'JSONEachRow' });
    return result.json();
  };
  return {
    ...{ client: warehouse.client, query },
    async close() {
      for (const sink of sinks) await sink.stop();
      await warehouse.close();
      await billing.close();
      await site.close();
    },
  };
}
