import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { compileAssignment, compileCondition } from '../../schemas/catalog/catalog-expressions.ts';
import type { ContainerAttribute } from '../../schemas/catalog/mapping.ts';
import type { LookupTable, ProcessingStream, Rule } from '../../schemas/catalog/rules.ts';
import type {
  CompiledExpression,
  ExpressionResult,
  ExpressionType,
} from '../../schemas/expression/compile-expression.ts';
import { neverNegative } from '../parsing/record-layout.ts';
import { ATTRIBUTE_INDEX } from './container-record.ts';
import type { ContainerRecord } from './container-record.ts';

/** How the rules left a record. */
export type RuleOutcome = 'PASSED' | 'FILTERED' | 'RULE_FAILED';

/** A compiled rule; `reason` and `field` say why when it did not pass. */
interface CompiledRule {
  readonly filterReason: string;
  apply(container: ContainerRecord): RuleOutcome;
  /** Attribute whose expression failed last, or empty for a condition. */
  failedAttribute: string;
}

function compiled<Type extends ExpressionType>(
  rule: string,
  what: string,
  result: ExpressionResult<Type>,
): CompiledExpression<Type> {
  if (result.ok) return result.value;
  throw new Error(`Rule ${rule}, ${what}, position ${result.position}: ${result.message}`);
}

type Condition = CompiledExpression<'boolean'>;

class FilterRule implements CompiledRule {
  readonly filterReason: string;
  readonly failedAttribute = '';
  private readonly when: Condition;

  constructor(rule: Rule, when: Condition) {
    this.filterReason = `Filter ${rule.id} holds: ${rule.name}`;
    this.when = when;
  }

  apply(container: ContainerRecord): RuleOutcome {
    const holds = this.when.evaluate(container);
    return holds === undefined ? 'RULE_FAILED' : holds ? 'FILTERED' : 'PASSED';
  }
}

/** Computes one attribute; false when the expression fails or yields a negative duration, volume or number of units. */
interface Assignment {
  readonly attribute: string;
  set(container: ContainerRecord): boolean;
}

function compileSet(
  rule: string,
  attribute: ContainerAttribute,
  text: string,
  tables: readonly LookupTable[],
): Assignment {
  const expression = compiled<'text' | 'number'>(rule, attribute, compileAssignment(attribute, text, tables));
  const index = ATTRIBUTE_INDEX[attribute];
  if (expression.type === 'text') {
    return {
      attribute,
      set(container) {
        const value = expression.evaluate(container);
        if (value === undefined) return false;
        container.setText(index, value);
        return true;
      },
    };
  }
  const lowest = neverNegative(attribute) ? 0 : -Infinity;
  return {
    attribute,
    set(container) {
      const value = expression.evaluate(container);
      if (!(value >= lowest)) return false;
      container.setNumber(index, value);
      return true;
    },
  };
}

class EnrichmentRule implements CompiledRule {
  readonly filterReason = '';
  failedAttribute = '';
  private readonly when: Condition | undefined;
  private readonly assignments: readonly Assignment[];

  constructor(when: Condition | undefined, assignments: readonly Assignment[]) {
    this.when = when;
    this.assignments = assignments;
  }

  apply(container: ContainerRecord): RuleOutcome {
    this.failedAttribute = '';
    if (this.when !== undefined) {
      const holds = this.when.evaluate(container);
      if (holds === undefined) return 'RULE_FAILED';
      if (!holds) return 'PASSED';
    }
    for (const assignment of this.assignments) {
      if (!assignment.set(container)) {
        this.failedAttribute = assignment.attribute;
        return 'RULE_FAILED';
      }
    }
    return 'PASSED';
  }
}

function compileRule(rule: Rule, tables: readonly LookupTable[]): CompiledRule {
  const when =
    rule.when === undefined
      ? undefined
      : compiled<'boolean'>(rule.id, 'when', compileCondition(rule.when, tables));
  if (rule.type === 'filter') return new FilterRule(rule, when!);
  const assignments = Object.entries(rule.set).map(([attribute, text]) =>
    compileSet(rule.id, attribute as ContainerAttribute, text, tables),
  );
  return new EnrichmentRule(when, assignments);
}

/** The rules of a stream in their order (rules section 4). Compiling throws an Error that names a faulty rule. */
export class RuleChain {
  /** Why the last record did not pass. */
  reason = '';
  /** Attribute whose expression failed, or empty. */
  field = '';
  private readonly rules: readonly { readonly id: string; readonly rule: CompiledRule }[];

  constructor(catalog: Catalog, stream: ProcessingStream) {
    this.rules = stream.rules.map((id) => {
      const rule = catalog.rules.find((candidate) => candidate.id === id);
      if (rule === undefined) throw new Error(`The catalog has no rule ${id}`);
      return { id, rule: compileRule(rule, catalog.lookupTables) };
    });
  }

  /** Runs the rules over the container, which enrichments change; stops at the first filter that holds or expression that fails. */
  run(container: ContainerRecord): RuleOutcome {
    for (const { id, rule } of this.rules) {
      const outcome = rule.apply(container);
      if (outcome === 'PASSED') continue;
      this.field = rule.failedAttribute;
      this.reason = outcome === 'FILTERED' ? rule.filterReason : failure(id, rule.failedAttribute);
      return outcome;
    }
    return 'PASSED';
  }
}

function failure(rule: string, attribute: string): string {
  const where = attribute === '' ? 'its condition' : `the value of ${attribute}`;
  return `Rule ${rule}: ${where} has no valid result (overflow, division by zero, a key missing in a lookup table, or below zero)`;
}
