import { crc32 } from 'node:zlib';
import { EngineError } from '../errors.ts';

/** UTF-8 text of at most `maxBytes` bytes. */
export interface TextType {
  readonly kind: 'text';
  readonly maxBytes: number;
}

/** Exactly `width` bytes. */
export interface BytesType {
  readonly kind: 'bytes';
  readonly width: number;
}

/** `integer` holds a safe integer (|n| < 2^53), stored as int64. */
export type FieldType = 'integer' | TextType | BytesType;

export type StructFields = Readonly<Record<string, FieldType>>;

/** Names of the fields of one type; makes a wrong accessor fail to compile. */
export type FieldNames<Fields extends StructFields, Type extends FieldType> = {
  [Name in keyof Fields]: Fields[Name] extends Type ? Name : never;
}[keyof Fields] &
  string;

export function text(maxBytes: number): TextType {
  return { kind: 'text', maxBytes };
}

export function bytes(width: number): BytesType {
  return { kind: 'bytes', width };
}

export interface PlacedField {
  readonly type: FieldType;
  /** First word, counted from the start of the entry (key first). */
  readonly word: number;
}

/**
 * Where everything lies in an entry, in 32-bit words: the key, then the fields in their declared order. An integer is an int64
 * in little endian, a text a 16-bit length and its bytes, bytes are themselves; each field is padded with zeroes to whole words.
 */
export interface StructLayout {
  readonly keyWords: number;
  readonly entryWords: number;
  readonly fields: ReadonlyMap<string, PlacedField>;
  /** First words of the integer fields. */
  readonly integers: readonly number[];
  /** Names codec, version and layout, so that bytes of another layout are refused, never reinterpreted. */
  readonly format: string;
  readonly formatCrc: number;
}

const MAX_TEXT_BYTES = 65_535;
const MAX_FIELD_BYTES = 1 << 20;
const CODEC_VERSION = 1;

function fieldWords(name: string, type: FieldType): number {
  if (type === 'integer') return 2;
  const [width, limit] =
    type.kind === 'text' ? [type.maxBytes, MAX_TEXT_BYTES] : [type.width, MAX_FIELD_BYTES];
  if (!Number.isInteger(width) || width < 1 || width > limit) {
    throw new EngineError(
      'STATE_LAYOUT',
      `field ${name}: a width of 1 to ${limit} bytes is needed, not ${width}`,
    );
  }
  return Math.ceil((type.kind === 'text' ? width + 2 : width) / 4);
}

function describe(type: FieldType): string {
  if (type === 'integer') return type;
  return type.kind === 'text' ? `text${type.maxBytes}` : `bytes${type.width}`;
}

/** @throws EngineError STATE_LAYOUT when a width is impossible. */
export function layOut(keyWidth: number, types: StructFields, version: number): StructLayout {
  if (!Number.isInteger(keyWidth) || keyWidth < 4 || keyWidth % 4 !== 0) {
    throw new EngineError(
      'STATE_LAYOUT',
      `the key's width must be a positive multiple of 4 bytes, not ${keyWidth}`,
    );
  }
  const fields = new Map<string, PlacedField>();
  const integers: number[] = [];
  const parts = [`struct/${CODEC_VERSION}`, `v${version}`, `key=${keyWidth}`];
  let word = keyWidth / 4;
  for (const [name, type] of Object.entries(types)) {
    fields.set(name, { type, word });
    if (type === 'integer') integers.push(word);
    parts.push(`${name}=${describe(type)}`);
    word += fieldWords(name, type);
  }
  const format = parts.join(';');
  return { keyWords: keyWidth / 4, entryWords: word, fields, integers, format, formatCrc: crc32(format) };
}
