import { ImpactKind } from '../../schemas/codec/generated/values.ts';

export const { CURRENCY, ALLOWANCE, ACCUMULATOR } = ImpactKind;
export type ResourceKind = ImpactKind;
