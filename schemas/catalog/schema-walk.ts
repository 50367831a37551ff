import type { z } from 'zod';

/** Any schema of zod, as a union that tells its kind by `_zod.def.type`. */
export type AnySchema = z.core.$ZodTypes;

/** The schema without defaults, optionality and transformations. */
export function bareSchema(schema: z.core.$ZodType): AnySchema {
  let bare = schema as AnySchema;
  for (;;) {
    const { def } = bare._zod;
    if (def.type === 'optional' || def.type === 'default' || def.type === 'prefault')
      bare = def.innerType as AnySchema;
    else if (def.type === 'pipe') bare = def.in as AnySchema;
    else return bare;
  }
}

function at(value: unknown, step: PropertyKey): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<PropertyKey, unknown>)[step]
    : undefined;
}

/** The options of a union that a value may mean: by its discriminator, else all. */
function optionsFor(def: z.core.$ZodUnionDef, value: unknown): AnySchema[] {
  const options = def.options.map(bareSchema);
  const { discriminator } = def as Partial<z.core.$ZodDiscriminatedUnionDef>;
  if (discriminator === undefined) return options;
  return options.filter(({ _zod }) => {
    const literal = _zod.def.type === 'object' ? _zod.def.shape[discriminator] : undefined;
    const { def: inner } = bareSchema(literal!)._zod;
    return inner.type === 'literal' && (inner.values as unknown[]).includes(at(value, discriminator));
  });
}

/** The schemas that may describe `value` at a path below `schema`; more than one below a union. */
function schemasAt(schema: z.core.$ZodType, path: readonly PropertyKey[], value: unknown): AnySchema[] {
  const bare = bareSchema(schema);
  const { def } = bare._zod;
  if (def.type === 'union') return optionsFor(def, value).flatMap((option) => schemasAt(option, path, value));
  const [step, ...rest] = path;
  if (step === undefined) return [bare];
  const below = at(value, step);
  if (def.type === 'array') return schemasAt(def.element, rest, below);
  if (def.type === 'record') return schemasAt(def.valueType, rest, below);
  const child = def.type === 'object' ? def.shape[String(step)] : undefined;
  return child === undefined ? [] : schemasAt(child, rest, below);
}

/** Keys known for the map at a path of `value`. */
export function knownKeys(schema: z.core.$ZodType, path: readonly PropertyKey[], value: unknown): string[] {
  const keys = schemasAt(schema, path, value).flatMap(({ _zod: { def } }) => {
    if (def.type === 'object') return Object.keys(def.shape);
    if (def.type !== 'record') return [];
    const key = bareSchema(def.keyType)._zod.def;
    return key.type === 'enum' ? Object.values(key.entries).map(String) : [];
  });
  return [...new Set(keys)];
}
