import { choose, toMultiple, toScale } from './arithmetic.ts';
import { needBoolean, needNumber, needText, needWhole } from './checks.ts';
import { ExpressionFault } from './expression-fault.ts';
import { suggestion } from './nearest-name.ts';
import type { Typed, TypedNumber, TypedText } from './typed.ts';

/** A table for `lookup`: text to text. */
export interface ExpressionTable {
  readonly id: string;
  readonly default?: string | undefined;
  readonly entries: Readonly<Record<string, string>>;
}

/** A table ready to be read. */
export interface PreparedTable {
  readonly values: ReadonlyMap<string, string>;
  readonly default?: string | undefined;
}

/** Lookup tables by id. */
export type Tables = ReadonlyMap<string, PreparedTable>;

interface Call {
  /** Name and brackets, for messages. */
  readonly who: string;
  readonly position: number;
  readonly args: readonly Typed[];
  readonly tables: Tables;
}

interface FunctionSpec {
  readonly usage: string;
  readonly least: number;
  readonly most: number;
  readonly build: (call: Call) => Typed;
}

function pairTest(test: (text: string, part: string) => boolean): (call: Call) => Typed {
  return ({ who, position, args }) => {
    const run = needText(args[0]!, who).run;
    const runPart = needText(args[1]!, who).run;
    return {
      type: 'boolean',
      position,
      run: (reader) => {
        const text = run(reader);
        const part = runPart(reader);
        return text === undefined || part === undefined ? undefined : test(text, part);
      },
    };
  };
}

function textMap(map: (text: string) => string): (call: Call) => Typed {
  return ({ who, position, args }) => {
    const { run } = needText(args[0]!, who);
    return {
      type: 'text',
      position,
      run: (reader) => {
        const text = run(reader);
        return text === undefined ? undefined : map(text);
      },
    };
  };
}

function buildLength({ who, position, args }: Call): Typed {
  const { run } = needText(args[0]!, who);
  return { type: 'number', position, scale: 0, run: (reader) => run(reader)?.length ?? Number.NaN };
}

function buildSubstring({ who, position, args }: Call): Typed {
  const { run } = needText(args[0]!, who);
  const runFrom = needWhole(args[1]!, who).run;
  const runLength = needWhole(args[2]!, who).run;
  return {
    type: 'text',
    position,
    run: (reader) => {
      const text = run(reader);
      const start = runFrom(reader) - 1;
      const end = start + runLength(reader);
      if (text === undefined || Number.isNaN(end)) return undefined;
      return text.slice(Math.max(0, start), Math.max(0, end));
    },
  };
}

function buildConcat({ who, position, args }: Call): Typed {
  const runs = args.map((arg) => needText(arg, who).run);
  return {
    type: 'text',
    position,
    run: (reader) => {
      let joined = '';
      for (const run of runs) {
        const text = run(reader);
        if (text === undefined) return undefined;
        joined += text;
      }
      return joined;
    },
  };
}

function buildAbs({ who, position, args }: Call): Typed {
  const { scale, run } = needNumber(args[0]!, who);
  return { type: 'number', position, scale, run: (reader) => Math.abs(run(reader)) };
}

function buildIf({ who, position, args }: Call): Typed {
  const condition = needBoolean(args[0]!, who).run;
  const yes = args[1]!;
  const no = args[2]!;
  if (yes.type === 'number' && no.type === 'number') {
    const scale = Math.max(yes.scale, no.scale);
    const runYes = toScale(yes, scale);
    const runNo = toScale(no, scale);
    return {
      type: 'number',
      position,
      scale,
      run: (reader) => {
        const holds = condition(reader);
        if (holds === undefined) return Number.NaN;
        return holds ? runYes(reader) : runNo(reader);
      },
    };
  }
  const branch =
    <Value>(runYes: (r: Reader) => Value, runNo: (r: Reader) => Value) =>
    (reader: Reader) => {
      const holds = condition(reader);
      if (holds === undefined) return undefined;
      return holds ? runYes(reader) : runNo(reader);
    };
  if (yes.type === 'text' && no.type === 'text')
    return { type: 'text', position, run: branch(yes.run, no.run) };
  if (yes.type === 'boolean' && no.type === 'boolean')
    return { type: 'boolean', position, run: branch(yes.run, no.run) };
  throw new ExpressionFault(
    no.position,
    `both results of if must have one type: ${yes.type} and ${no.type} differ`,
  );
}
type Reader = Parameters<TypedText['run']>[0];

function buildLookup({ position, args, tables }: Call): Typed {
  const name = args[0]!;
  if (name.type !== 'text' || name.literal === undefined)
    throw new ExpressionFault(name.position, "lookup needs the table's name as a literal text");
  const table = tables.get(name.literal);
  if (table === undefined) {
    const hint = suggestion(name.literal, tables.keys());
    throw new ExpressionFault(name.position, `unknown lookup table "${name.literal}"${hint}`);
  }
  const { values } = table;
  const fallback = table.default;
  const { run } = needText(args[1]!, 'lookup');
  return {
    type: 'text',
    position,
    run: (reader) => {
      const key = run(reader);
      return key === undefined ? undefined : (values.get(key) ?? fallback);
    },
  };
}

function numbers(
  build: (position: number, left: TypedNumber, right: TypedNumber) => Typed,
): (call: Call) => Typed {
  return ({ who, position, args }) => build(position, needNumber(args[0]!, who), needNumber(args[1]!, who));
}

function spec(usage: string, build: (call: Call) => Typed, most?: number): FunctionSpec {
  const least = usage.split(',').length;
  return { usage, least, most: most ?? least, build };
}

const FUNCTIONS: ReadonlyMap<string, FunctionSpec> = new Map([
  ['if', spec('if(condition, then, else)', buildIf)],
  [
    'startsWith',
    spec(
      'startsWith(text, start)',
      pairTest((text, part) => text.startsWith(part)),
    ),
  ],
  [
    'endsWith',
    spec(
      'endsWith(text, end)',
      pairTest((text, part) => text.endsWith(part)),
    ),
  ],
  [
    'contains',
    spec(
      'contains(text, part)',
      pairTest((text, part) => text.includes(part)),
    ),
  ],
  ['length', spec('length(text)', buildLength)],
  ['substring', spec('substring(text, from, length)', buildSubstring)],
  [
    'upper',
    spec(
      'upper(text)',
      textMap((text) => text.toUpperCase()),
    ),
  ],
  [
    'lower',
    spec(
      'lower(text)',
      textMap((text) => text.toLowerCase()),
    ),
  ],
  ['concat', spec('concat(text, text)', buildConcat, Infinity)],
  [
    'min',
    spec(
      'min(number, number)',
      numbers((at, left, right) => choose(at, left, right, -1)),
    ),
  ],
  [
    'max',
    spec(
      'max(number, number)',
      numbers((at, left, right) => choose(at, left, right, 1)),
    ),
  ],
  [
    'ceilTo',
    spec(
      'ceilTo(number, step)',
      numbers((at, left, right) => toMultiple(at, left, right, 'CEILING')),
    ),
  ],
  [
    'floorTo',
    spec(
      'floorTo(number, step)',
      numbers((at, left, right) => toMultiple(at, left, right, 'FLOOR')),
    ),
  ],
  ['abs', spec('abs(number)', buildAbs)],
  ['lookup', spec("lookup('table', key)", buildLookup)],
]);

/** Checks a call and builds its closure. Throws ExpressionFault for an unknown name, a wrong number or type of arguments. */
export function buildCall(name: string, position: number, args: readonly Typed[], tables: Tables): Typed {
  const found = FUNCTIONS.get(name);
  if (found === undefined)
    throw new ExpressionFault(position, `unknown function "${name}"${suggestion(name, FUNCTIONS.keys())}`);
  if (args.length < found.least || args.length > found.most)
    throw new ExpressionFault(position, `${name} is used as ${found.usage}, found ${args.length} arguments`);
  return found.build({ who: name, position, args, tables });
}
