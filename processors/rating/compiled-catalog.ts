import type { Rounding } from '../../schemas/catalog/primitives.ts';
import type { EncodedText } from '../../schemas/codec/text.ts';
import type { CompiledExpression } from '../../schemas/expression/compile-expression.ts';
import type { ByteKeyIndex } from '../guiding/byte-key-index.ts';
import type { PlanGrant } from '../guiding/balance-grants.ts';
import type { Increments } from './increments.ts';
import type { ResourceKind } from './resource-kind.ts';
import type { RowMatcher } from './row-matcher.ts';
import type { TimeClasses } from './time-classes.ts';
import type { ZoneTrie } from './zone-trie.ts';

/** Something that has balances. Its number is its place in `CompiledCatalog.resources`. */
export interface CompiledResource {
  readonly id: EncodedText;
  readonly kind: ResourceKind;
  /** Currency of lines and impacts; null for allowances and accumulators. */
  readonly currency: { readonly rounding: Rounding; readonly billing: Rounding } | null;
  /** Unit id of an allowance or accumulator, empty for a currency. */
  readonly unit: string;
}

export interface CompiledRateUnit {
  readonly unit: EncodedText;
  /** Yields the quantity, scaled by 10^6. */
  readonly quantity: CompiledExpression<'number'>;
}

export interface CompiledUsageType {
  readonly id: EncodedText;
  /** Number of the service type. */
  readonly serviceType: number;
  readonly rateUnit: CompiledRateUnit | null;
  /** Numbers of the usage types that are charged, in order: the children of a multi-rate type, else itself. */
  readonly charges: readonly number[];
  /** Multi-rate with invoice `parent`: number of the child whose quantity is the line's; else -1. */
  readonly quantityFrom: number;
}

export interface CompiledZones {
  readonly trie: ZoneTrie;
  /** Number of the attribute that holds the number. */
  readonly attribute: number;
  readonly ids: readonly EncodedText[];
}

export interface CompiledTimes {
  readonly classes: TimeClasses;
  /** By place in the model's list; an id may come twice. */
  readonly ids: readonly EncodedText[];
}

export interface CompiledOffer {
  readonly id: EncodedText;
  /** Number of the currency. */
  readonly currency: number;
  readonly zones: CompiledZones | null;
  readonly times: CompiledTimes | null;
  readonly increments: Increments | null;
  /** Quantity 0 costs nothing. */
  readonly zeroIsFree: boolean;
  /** Numbers of the accumulators. */
  readonly accumulators: readonly number[];
  readonly rows: RowMatcher;
}

/** The catalog as rating uses it; names are replaced by numbers, which mean nothing outside it. */
export interface CompiledCatalog {
  readonly serviceTypes: readonly string[];
  readonly plans: readonly string[];
  readonly resources: readonly CompiledResource[];
  /** Usage types by id; a key's number is the usage type's. */
  readonly usageTypeIds: ByteKeyIndex;
  readonly usageTypes: readonly CompiledUsageType[];
  /** Offer of plan p for usage type u at p * usageTypes.length + u. */
  readonly offers: readonly (CompiledOffer | null)[];
  /** Grants of each plan. */
  readonly grants: readonly (readonly PlanGrant[])[];
  /** Zone of billing cycles. */
  readonly timeZone: string;
}
