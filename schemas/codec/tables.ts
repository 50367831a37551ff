import type { TableSpec } from './generator/spec.ts';

/** ClickHouse tables that are filled by generated transcoders: their columns, in order, and where each comes from. */
export const tables: readonly TableSpec[] = [];
