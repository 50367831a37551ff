/** What an expression reads: the attributes of one record, by their index in the list given to the compiler. */
export interface AttributeReader {
  text(attributeIndex: number): string;
  /** Integer scaled by the attribute's scale; of a boolean attribute 0 for false. */
  number(attributeIndex: number): number;
}

/** NaN when the expression fails. */
export type NumberRun = (reader: AttributeReader) => number;
/** undefined when the expression fails. */
type TextRun = (reader: AttributeReader) => string | undefined;
/** undefined when the expression fails. */
export type BooleanRun = (reader: AttributeReader) => boolean | undefined;

/** A checked number: its decimals are known before any record is read. */
export interface TypedNumber {
  readonly type: 'number';
  readonly position: number;
  readonly scale: number;
  readonly run: NumberRun;
  /** Scaled value, when it is a literal. */
  readonly literal?: number;
}
export interface TypedText {
  readonly type: 'text';
  readonly position: number;
  readonly run: TextRun;
  readonly literal?: string;
}
export interface TypedBoolean {
  readonly type: 'boolean';
  readonly position: number;
  readonly run: BooleanRun;
}
export type Typed = TypedNumber | TypedText | TypedBoolean;
