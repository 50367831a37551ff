import type { ClickHouseClient } from '@clickhouse/client';
import { Decimal } from 'decimal.js';

const Exact = Decimal.clone({ precision: 60, toExpNeg: -60, toExpPos: 60 });

/** Rows of a query; decimals and 64-bit integers come as text, so that nothing passes through a float. */
export async function rows<Row>(client: ClickHouseClient, query: string): Promise<Row[]> {
  const result = await client.query({
    ...{ query, format: 'JSONEachRow' },
    clickhouse_settings: {
      output_format_json_quote_decimals: 1,
      output_format_json_quote_64bit_integers: 1,
      output_format_decimal_trailing_zeros: 0,
    },
  });
  return result.json<Row>();
}

/** The only row of a query. */
export async function row<Row>(client: ClickHouseClient, query: string): Promise<Row> {
  const [only] = await rows<Row>(client, query);
  if (only === undefined) throw new Error(`No row for ${query}`);
  return only;
}

/** left - right of two decimal texts, exactly. */
export function minus(left: string, right: string): string {
  return new Exact(left).minus(right).toFixed();
}
