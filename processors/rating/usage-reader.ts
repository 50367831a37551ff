import { CONTAINER_ATTRIBUTES } from '../../schemas/catalog/mapping.ts';
import type { ContainerAttribute } from '../../schemas/catalog/mapping.ts';

/** Attributes of a container; an attribute's place is its number in readers and compiled expressions. */
export const USAGE_ATTRIBUTES = Object.keys(CONTAINER_ATTRIBUTES) as readonly ContainerAttribute[];

/** Number of each attribute. */
export const Attribute = Object.fromEntries(USAGE_ATTRIBUTES.map((name, index) => [name, index])) as Readonly<
  Record<ContainerAttribute, number>
>;

/** The record being rated. Text attributes are also ranges of `buffer`, so that looking one up makes no string. */
export interface UsageReader {
  /** Microseconds since the epoch. */
  readonly startTime: number;
  readonly buffer: Buffer;
  /** First byte of a text attribute in `buffer`. */
  start(attribute: number): number;
  /** Position behind the last byte of a text attribute. */
  end(attribute: number): number;
  text(attribute: number): string;
  /** Duration and units scaled by 10^6, wholesaleAmount by 10^9, volumes as they are. */
  number(attribute: number): number;
}
