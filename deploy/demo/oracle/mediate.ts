import { decimalsOf } from './attributes.ts';
import type { Rule, Stream } from './catalog.ts';
import { asAttribute, truth, type Expressions } from './expressions.ts';
import type { ParsedRecord } from './parse-record.ts';

export type Mediation = { kind: 'passed' } | { kind: 'ignored' | 'error'; code: string };

/** Runs the stream's rules in order on the record's container, which they change (docs/rules.md section 4). */
export function mediate(stream: Stream, expressions: Expressions, record: ParsedRecord): Mediation {
  for (const rule of stream.rules) {
    const holds = rule.when === null ? true : expressions.evaluate(rule.when, record.container);
    if (holds === null) return { kind: 'error', code: 'RULE_FAILED' };
    if (!truth(holds)) continue;
    if (rule.type === 'filter') return { kind: 'ignored', code: 'FILTERED' };
    if (!enrich(rule, expressions, record)) return { kind: 'error', code: 'RULE_FAILED' };
  }
  return { kind: 'passed' };
}

/** Sets the attributes one after the other; false when an expression fails. */
function enrich(rule: Rule, expressions: Expressions, record: ParsedRecord): boolean {
  for (const [attribute, source] of rule.set) {
    const value = expressions.evaluate(source, record.container);
    if (value === null) return false;
    const decimals = decimalsOf(attribute);
    if (decimals === null) {
      if (typeof value !== 'string') throw new Error(`rule ${rule.id}: ${attribute} takes a text`);
      record.container[attribute] = value;
      continue;
    }
    const number = asAttribute(value, decimals);
    if (number === null) return false;
    record.container[attribute] = number;
  }
  return true;
}
