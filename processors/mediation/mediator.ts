import type { Catalog } from '../../schemas/catalog/catalog.ts';
import { CONTAINER_ATTRIBUTES } from '../../schemas/catalog/mapping.ts';
import type { Mapping } from '../../schemas/catalog/mapping.ts';
import type { ProcessingStream } from '../../schemas/catalog/rules.ts';
import type { MediationCode, ParseCode } from '../codes.ts';
import type { ParsedRecord } from '../parsing/parsed-record.ts';
import { RecordParser } from '../parsing/record-parser.ts';
import { ATTRIBUTE_INDEX, ContainerRecord } from './container-record.ts';
import { RuleChain } from './rule-chain.ts';
import { UniqueKey } from './unique-key.ts';

export type MediationOutcome = 'MEDIATED' | 'ERROR' | 'IGNORED';

/** How a record ended that was not mediated; overwritten by the next record. */
export interface MediationFault {
  phase: 'PARSE' | 'MEDIATION';
  code: ParseCode | MediationCode;
  /** The reason in words. */
  reason: string;
  /** Mapping field or container attribute, or empty. */
  field: string;
  /** Byte position in the record, from 0; -1 when it concerns the whole. */
  fieldPosition: number;
  /** Event time in microseconds where known, else 0. */
  startTime: number;
}

/** Where a mapping field goes. */
interface Target {
  readonly field: number;
  readonly attribute: number;
  readonly isText: boolean;
}

function targetsOf(mapping: Mapping): Target[] {
  return mapping.fields.flatMap((field, index) =>
    field.to === undefined
      ? []
      : [
          {
            field: index,
            attribute: ATTRIBUTE_INDEX[field.to],
            isText: CONTAINER_ATTRIBUTES[field.to] === 'text',
          },
        ],
  );
}

/**
 * One processing stream, compiled: parse, map, late flag, rules (rules sections 3 and 4). Keeps one container and one fault, so
 * the caller writes what it needs before it mediates the next record. Nothing is allocated for a record that passes, strings
 * that its rules look at apart.
 */
export class Mediator {
  readonly stream: ProcessingStream;
  readonly mapping: Mapping;
  /** The container of the record that was mediated last. */
  readonly container = new ContainerRecord();
  /** Why the last record was not mediated. */
  readonly fault: MediationFault = {
    phase: 'PARSE',
    code: 'RECORD_LENGTH',
    reason: '',
    field: '',
    fieldPosition: -1,
    startTime: 0,
  };
  private readonly parser: RecordParser;
  private readonly rules: RuleChain;
  private readonly uniqueKey: UniqueKey;
  private readonly targets: readonly Target[];
  /** Attributes that no field goes to. */
  private readonly untargeted: readonly number[];
  private readonly durationField: string;

  /** Throws an Error when mapping, rules or stream contradict each other (a catalog fault). */
  constructor(catalog: Catalog, stream: ProcessingStream) {
    const mapping = catalog.mappings.find((candidate) => candidate.id === stream.mapping);
    if (mapping === undefined) throw new Error(`The catalog has no mapping ${stream.mapping}`);
    this.stream = stream;
    this.mapping = mapping;
    this.parser = new RecordParser(mapping);
    this.rules = new RuleChain(catalog, stream);
    this.uniqueKey = new UniqueKey(stream, mapping);
    this.targets = targetsOf(mapping);
    this.untargeted = Object.values(ATTRIBUTE_INDEX).filter(
      (index) => !this.targets.some((target) => target.attribute === index),
    );
    this.durationField = mapping.fields.findLast((field) => field.to === 'duration')?.name ?? '';
  }

  /**
   * Mediates the line `bytes[start, end)` into `container`, or says in `fault` why not.
   * @param fileDay days since 1970-01-01 of the file's date; NaN when it has none.
   */
  mediate(
    bytes: Buffer,
    start: number,
    end: number,
    recordNumber: number,
    fileDay: number,
  ): MediationOutcome {
    if (!this.parser.parse(bytes, start, end)) return this.parseFault();
    const { record } = this.parser;
    const { container } = this;
    this.fill(record, recordNumber);
    if (!Number.isSafeInteger(container.endTime)) return this.endTimeFault(record);
    const age = fileDay - this.parser.localTime.dayOf(record.startTime);
    container.late = age > this.stream.lateAfterDays;
    const outcome = this.rules.run(container);
    if (outcome !== 'PASSED') return this.ruleFault(outcome, record.startTime);
    this.uniqueKey.write(record, container.uniqueKey);
    return 'MEDIATED';
  }

  /** Outcome of a record that was cut because it is longer than any batch: RECORD_TOO_LONG. `bytes` is what was seen of it. */
  refuseTooLong(bytes: number): MediationOutcome {
    this.parser.tooLong(bytes);
    return this.parseFault();
  }

  private fill(record: ParsedRecord, recordNumber: number): void {
    const { container } = this;
    container.clear(this.untargeted);
    container.recordNumber = recordNumber;
    container.startTime = record.startTime;
    for (const target of this.targets) {
      const field = record.fields[target.field]!;
      if (target.isText)
        container.setBytes(target.attribute, field.textBuffer, field.textStart, field.textEnd);
      else container.setNumber(target.attribute, field.number);
    }
    // Seconds scaled by 10^6 are microseconds.
    container.endTime = record.startTime + (this.mapping.endTime === 'duration' ? container.duration : 0);
  }

  private parseFault(): MediationOutcome {
    const { code, reason, field, position } = this.parser.record.fault;
    return this.fail('PARSE', code, reason, field, position, 0);
  }

  private endTimeFault(record: ParsedRecord): MediationOutcome {
    const reason = 'The start time plus the duration is beyond 2^53 microseconds';
    return this.fail('PARSE', 'FIELD_RANGE', reason, this.durationField, -1, record.startTime);
  }

  private ruleFault(outcome: 'FILTERED' | 'RULE_FAILED', startTime: number): MediationOutcome {
    this.fail('MEDIATION', outcome, this.rules.reason, this.rules.field, -1, startTime);
    return outcome === 'FILTERED' ? 'IGNORED' : 'ERROR';
  }

  private fail(
    phase: MediationFault['phase'],
    code: MediationFault['code'],
    reason: string,
    field: string,
    fieldPosition: number,
    startTime: number,
  ): 'ERROR' {
    const { fault } = this;
    fault.phase = phase;
    fault.code = code;
    fault.reason = reason;
    fault.field = field;
    fault.fieldPosition = fieldPosition;
    fault.startTime = startTime;
    return 'ERROR';
  }
}

/** Compiles a processing stream of the catalog; throws an Error when the catalog contradicts itself. */
export function createMediator(catalog: Catalog, stream: ProcessingStream): Mediator {
  return new Mediator(catalog, stream);
}
