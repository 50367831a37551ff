import { multiplyDivide, POWERS_OF_TEN, roundQuotient } from '../decimal/rounding.ts';
import { MAX_SCALE } from './parser.ts';
import type { ArithmeticOperator } from './syntax.ts';
import type { NumberRun, TypedNumber } from './typed.ts';

/*
 * Closures over scaled integers. Every value is NaN or a safe integer at the static scale of its node; NaN means failed
 * and spreads by itself, because a comparison with NaN is false. BigInt serves only where aligning two scales leaves 2^53.
 */
const LIMIT = Number.MAX_SAFE_INTEGER;

function checked(value: number): number {
  return Math.abs(value) <= LIMIT ? value : Number.NaN;
}

function narrow(value: bigint): number {
  return checked(Number(value));
}

/** 10^exponent, 0 to 9. */
export function powerOfTen(exponent: number): number {
  return POWERS_OF_TEN[exponent]!;
}

/**
 * The number at another scale. More decimals are exact and may fail beyond 2^53; fewer are rounded HALF_UP.
 */
export function toScale(typed: TypedNumber, scale: number): NumberRun {
  const { run } = typed;
  if (scale === typed.scale) return run;
  if (scale > typed.scale) {
    const factor = powerOfTen(scale - typed.scale);
    return (reader) => checked(run(reader) * factor);
  }
  const divisor = powerOfTen(typed.scale - scale);
  return (reader) => roundQuotient(run(reader), divisor, 'HALF_UP');
}

function sumExactly(a: number, factorA: number, b: number, factorB: number): number {
  if (a !== a || b !== b) return Number.NaN;
  return narrow(BigInt(a) * BigInt(factorA) + BigInt(b) * BigInt(factorB));
}

function add(left: TypedNumber, right: TypedNumber, sign: 1 | -1): { scale: number; run: NumberRun } {
  const scale = Math.max(left.scale, right.scale);
  const factorA = powerOfTen(scale - left.scale);
  const factorB = sign * powerOfTen(scale - right.scale);
  const runA = left.run;
  const runB = right.run;
  const run: NumberRun = (reader) => {
    const a = runA(reader);
    const b = runB(reader);
    const alignedA = a * factorA;
    const alignedB = b * factorB;
    if (Math.abs(alignedA) <= LIMIT && Math.abs(alignedB) <= LIMIT) return checked(alignedA + alignedB);
    return sumExactly(a, factorA, b, factorB);
  };
  return { scale, run };
}

function multiply(left: TypedNumber, right: TypedNumber): { scale: number; run: NumberRun } {
  const exact = left.scale + right.scale;
  const scale = Math.min(exact, MAX_SCALE);
  const divisor = powerOfTen(exact - scale);
  const runA = left.run;
  const runB = right.run;
  const run: NumberRun = (reader) => multiplyDivide(runA(reader), runB(reader), divisor, 'HALF_UP');
  return { scale, run };
}

/** The exponent k when the value is 10^k, else null. */
function exponentOfTen({ literal, scale }: TypedNumber): number | null {
  if (literal === undefined) return null;
  const exponent = POWERS_OF_TEN.indexOf(literal);
  return exponent < 0 ? null : exponent - scale;
}

/** Division by 10^exponent moves the point: no work per record unless decimals are missing or too many. */
function movePoint(
  { position, scale, run }: TypedNumber,
  exponent: number,
): { scale: number; run: NumberRun } {
  const moved = scale + exponent;
  if (moved >= 0 && moved <= MAX_SCALE) return { scale: moved, run };
  if (moved < 0) return { scale: 0, run: toScale({ type: 'number', position, scale: 0, run }, -moved) };
  const divisor = powerOfTen(Math.min(moved - MAX_SCALE, 15));
  return { scale: MAX_SCALE, run: (reader) => roundQuotient(run(reader), divisor, 'HALF_UP') };
}

function quotientExactly(a: number, b: number, exponent: number): number {
  if (a !== a || b !== b || b === 0) return Number.NaN;
  const dividend = BigInt(a) * 10n ** BigInt(exponent);
  const divisor = BigInt(b);
  const positive = dividend < 0n === divisor < 0n;
  const size = (value: bigint): bigint => (value < 0n ? -value : value);
  const rounded = (2n * size(dividend) + size(divisor)) / (2n * size(divisor));
  return narrow(positive ? rounded : -rounded) + 0;
}

function divide(left: TypedNumber, right: TypedNumber): { scale: number; run: NumberRun } {
  const power = exponentOfTen(right);
  if (power !== null) return movePoint(left, power);
  const exponent = MAX_SCALE + right.scale - left.scale;
  const runA = left.run;
  const runB = right.run;
  if (exponent > 15)
    return { scale: MAX_SCALE, run: (reader) => quotientExactly(runA(reader), runB(reader), exponent) };
  const factor = powerOfTen(exponent);
  return { scale: MAX_SCALE, run: (reader) => multiplyDivide(runA(reader), factor, runB(reader), 'HALF_UP') };
}

function remainderExactly(a: number, factorA: number, b: number, factorB: number): number {
  if (a !== a || b !== b || b === 0) return Number.NaN;
  return narrow((BigInt(a) * BigInt(factorA)) % (BigInt(b) * BigInt(factorB)));
}

/** What is left of the division towards zero; it has the sign of the left side. */
function remainder(left: TypedNumber, right: TypedNumber): { scale: number; run: NumberRun } {
  const scale = Math.max(left.scale, right.scale);
  const factorA = powerOfTen(scale - left.scale);
  const factorB = powerOfTen(scale - right.scale);
  const runA = left.run;
  const runB = right.run;
  const run: NumberRun = (reader) => {
    const a = runA(reader);
    const b = runB(reader);
    const alignedA = a * factorA;
    const alignedB = b * factorB;
    if (Math.abs(alignedA) <= LIMIT && Math.abs(alignedB) <= LIMIT) return (alignedA % alignedB) + 0;
    return remainderExactly(a, factorA, b, factorB);
  };
  return { scale, run };
}

/** An arithmetic operation and the scale of its result (README.md lists the rules). */
export function arithmetic(
  operator: ArithmeticOperator,
  position: number,
  left: TypedNumber,
  right: TypedNumber,
): TypedNumber {
  const build = { '+': plus, '-': minus, '*': multiply, '/': divide, '%': remainder }[operator];
  return { type: 'number', position, ...build(left, right) };
}

function plus(left: TypedNumber, right: TypedNumber): { scale: number; run: NumberRun } {
  return add(left, right, 1);
}

function minus(left: TypedNumber, right: TypedNumber): { scale: number; run: NumberRun } {
  return add(left, right, -1);
}

/** The negative of a number. */
export function negate(position: number, { scale, run, literal }: TypedNumber): TypedNumber {
  const negative: NumberRun = (reader) => 0 - run(reader);
  // A minus before a literal makes a negative literal; a second one makes an expression, as any other operator does.
  const value = literal === undefined || literal < 0 ? {} : { literal: 0 - literal };
  return { type: 'number', position, scale, run: negative, ...value };
}

/** The multiple of `step` next to the number, above (CEILING) or below (FLOOR). Fails when the step is not above zero. */
export function toMultiple(
  position: number,
  number: TypedNumber,
  step: TypedNumber,
  mode: 'CEILING' | 'FLOOR',
): TypedNumber {
  const scale = Math.max(number.scale, step.scale);
  const factor = powerOfTen(scale - number.scale);
  const stepFactor = powerOfTen(scale - step.scale);
  const { run } = number;
  const runStep = step.run;
  const multiple: NumberRun = (reader) => {
    const size = runStep(reader);
    if (!(size > 0)) return Number.NaN;
    const value = run(reader);
    const divisor = size * stepFactor;
    if (divisor > LIMIT) return smallMultiple(value, size, mode);
    return checked(multiplyDivide(value, factor, divisor, mode) * size) + 0;
  };
  return { type: 'number', position, scale: step.scale, run: multiple };
}

/** A step beyond 2^53 at the number's scale is larger than the number: the multiple is zero or one step. */
function smallMultiple(value: number, size: number, mode: 'CEILING' | 'FLOOR'): number {
  if (value !== value) return Number.NaN;
  if (mode === 'CEILING') return value > 0 ? size : 0;
  return value < 0 ? -size : 0;
}

/** `min` and `max`: compares exactly; only the chosen side must fit the common scale. */
export function choose(position: number, left: TypedNumber, right: TypedNumber, sign: 1 | -1): TypedNumber {
  const scale = Math.max(left.scale, right.scale);
  const factorA = powerOfTen(scale - left.scale);
  const factorB = powerOfTen(scale - right.scale);
  const runA = left.run;
  const runB = right.run;
  const run: NumberRun = (reader) => {
    const a = runA(reader) * factorA;
    const b = runB(reader) * factorB;
    if (a !== a || b !== b) return Number.NaN;
    return checked((a - b) * sign > 0 ? a : b);
  };
  return { type: 'number', position, scale, run };
}
