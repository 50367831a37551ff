import type { ClickHouseClient } from '@clickhouse/client';
import type { Catalog } from '../../../schemas/catalog/catalog.ts';
import type { AllowanceUse, RunReport } from '../report/report-model.ts';
import { countingCharges } from './counting-charges.ts';
import { minus, row, rows } from './query.ts';

interface UsageTypeRow {
  readonly serviceType: string;
  readonly usageType: string;
  readonly records: string;
  readonly charges: string;
  readonly quantity: string;
  readonly unit: string;
  readonly gross: string;
  readonly net: string;
  readonly wholesale: string;
}

type Numbers<Row, Keys extends keyof Row> = { [Key in keyof Row]: Key extends Keys ? number : Row[Key] };

function withNumbers<Row extends object, Keys extends keyof Row>(
  source: readonly Row[],
  keys: readonly Keys[],
): Numbers<Row, Keys>[] {
  return source.map((item) => {
    const numbers = Object.fromEntries(keys.map((key) => [key, Number(item[key])]));
    return { ...item, ...numbers } as Numbers<Row, Keys>;
  });
}

/** Every record pays the carrier's price once, on its first charge. */
const WHOLESALE = 'sumIf(wholesale_amount, charge_number = 1)';

async function byUsageType(
  client: ClickHouseClient,
  catalog: Catalog,
): Promise<RunReport['charges']['byUsageType']> {
  const counts = countingCharges(catalog);
  const found = await rows<UsageTypeRow>(
    client,
    `SELECT service_type AS serviceType, usage_type AS usageType, countIf(charge_number = 1) AS records, count() AS charges,
            toString(sumIf(quantity, ${counts})) AS quantity, anyIf(unit, ${counts}) AS unit, toString(sum(gross)) AS gross, toString(sum(amount)) AS net, toString(${WHOLESALE}) AS wholesale
     FROM rated GROUP BY serviceType, usageType ORDER BY sum(amount) DESC`,
  );
  return withNumbers(found, ['records', 'charges']).map((item) => {
    const isStated = item.wholesale !== '0';
    return {
      ...item,
      wholesale: isStated ? item.wholesale : null,
      margin: isStated ? minus(item.net, item.wholesale) : null,
    };
  });
}

async function byZone(client: ClickHouseClient): Promise<RunReport['charges']['byZone']> {
  const found = await rows<{
    zone: string;
    timeClass: string;
    charges: string;
    quantity: string;
    unit: string;
    net: string;
  }>(
    client,
    `SELECT zone, time_class AS timeClass, count() AS charges, toString(sum(quantity)) AS quantity, any(unit) AS unit, toString(sum(amount)) AS net
     FROM rated WHERE zone != '' GROUP BY zone, timeClass ORDER BY sum(amount) DESC`,
  );
  return withNumbers(found, ['charges']);
}

async function byDay(client: ClickHouseClient, timeZone: string): Promise<RunReport['charges']['byDay']> {
  const found = await rows<{ day: string; serviceType: string; records: string; net: string }>(
    client,
    `SELECT toString(toDate(start_time, '${timeZone}')) AS day, service_type AS serviceType, countIf(charge_number = 1) AS records, toString(sum(amount)) AS net
     FROM rated GROUP BY day, serviceType ORDER BY day, serviceType`,
  );
  return withNumbers(found, ['records']);
}

async function byHour(client: ClickHouseClient, timeZone: string): Promise<RunReport['charges']['byHour']> {
  const found = await rows<{ hour: number; serviceType: string; records: string; net: string }>(
    client,
    `SELECT toHour(toTimeZone(start_time, '${timeZone}')) AS hour, service_type AS serviceType, countIf(charge_number = 1) AS records, toString(sum(amount)) AS net
     FROM rated GROUP BY hour, serviceType ORDER BY hour, serviceType`,
  );
  return withNumbers(found, ['records']);
}

async function topAccounts(
  client: ClickHouseClient,
  planOf: PlanOf,
): Promise<RunReport['charges']['topAccounts']> {
  const found = await rows<{
    account: string;
    subscription: string;
    subscriptions: string;
    records: string;
    net: string;
  }>(
    client,
    `SELECT account_id AS account, any(subscription_id) AS subscription, uniqExact(subscription_id) AS subscriptions, countIf(charge_number = 1) AS records, toString(sum(amount)) AS net
     FROM rated GROUP BY account ORDER BY sum(amount) DESC, account LIMIT 10`,
  );
  return withNumbers(found, ['subscriptions', 'records']).map(({ subscription, ...item }) => ({
    ...item,
    plan: planOf(subscription),
  }));
}

async function allowanceUse(
  client: ClickHouseClient,
  allowance: Catalog['allowances'][number],
): Promise<AllowanceUse> {
  const { id, name, unit } = allowance;
  const buckets = await row<{ granted: string; consumed: string; buckets: string; exhausted: string }>(
    client,
    `SELECT toString(toDecimal128(sum(first_balance), 6) / 1000000) AS granted, toString(sum(used)) AS consumed, count() AS buckets, countIf(last_balance = 0) AS exhausted
     FROM (SELECT balance_group_id, bill_unit, argMin(balance_before, (src_partition, src_offset, src_index, charge_number, impact_number)) AS first_balance,
                  argMax(balance_after, (src_partition, src_offset, src_index, charge_number, impact_number)) AS last_balance, sum(impact_quantity) AS used
           FROM impacts WHERE kind = 'ALLOWANCE' AND resource_id = '${id}' GROUP BY balance_group_id, bill_unit)`,
  );
  const overage = await row<{ quantity: string; net: string }>(
    client,
    `SELECT toString(sum(quantity - covered)) AS quantity, toString(sum(amount)) AS net
     FROM (SELECT quantity, amount, arraySum(arrayMap((k, q) -> if(k = 'ALLOWANCE', q, toDecimal64(0, 6)), impact_kind, impact_quantity)) AS covered, balance_group_id, bill_unit, unit FROM rated)
     WHERE unit = '${unit}' AND amount > 0 AND (balance_group_id, bill_unit) IN (SELECT balance_group_id, bill_unit FROM impacts WHERE kind = 'ALLOWANCE' AND resource_id = '${id}')`,
  );
  return {
    ...{
      allowance: id,
      name,
      unit,
      granted: buckets.granted,
      consumed: buckets.consumed,
      buckets: Number(buckets.buckets),
    },
    ...{ exhausted: Number(buckets.exhausted), overage: overage.quantity, overageNet: overage.net },
  };
}

/** Name of the plan of a subscription. */
export type PlanOf = (subscription: string) => string;

export async function chargeTables(
  client: ClickHouseClient,
  catalog: Catalog,
  planOf: PlanOf,
): Promise<RunReport['charges']> {
  const { timeZone } = catalog.client;
  return {
    byUsageType: await byUsageType(client, catalog),
    byZone: await byZone(client),
    byDay: await byDay(client, timeZone),
    byHour: await byHour(client, timeZone),
    topAccounts: await topAccounts(client, planOf),
  };
}

export async function allowanceTable(client: ClickHouseClient, catalog: Catalog): Promise<AllowanceUse[]> {
  const table: AllowanceUse[] = [];
  for (const allowance of catalog.allowances) table.push(await allowanceUse(client, allowance));
  return table;
}
