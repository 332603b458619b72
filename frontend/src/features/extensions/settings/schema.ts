/** The part of JSON Schema (2020-12) that settings use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly writeOnly?: boolean;
}

/** How a setting is edited; `json` is what is left when no simpler control fits. */
export type FieldKind =
  'text' | 'long_text' | 'secret' | 'number' | 'integer' | 'boolean' | 'choice' | 'lines' | 'rows' | 'entries' | 'json';

/** One setting, ready to draw. */
export interface SchemaField {
  readonly name: string;
  readonly title: string;
  readonly kind: FieldKind;
  readonly schema: JsonSchema;
  /** Whether the setting may be left empty, which is stored as null. */
  readonly nullable: boolean;
  /** The fields of each object in a list: of `rows`, where all are short, or of `entries`. */
  readonly columns: readonly SchemaField[];
}

const LONG_TEXT = 200;

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  const target = name === undefined ? undefined : root.$defs?.[name];
  return target === undefined ? schema : { ...resolve(target, root), ...schema };
}

function withoutNull(schema: JsonSchema): { readonly schema: JsonSchema; readonly nullable: boolean } {
  const choices = schema.anyOf;
  if (choices === undefined) return { schema, nullable: false };
  const real = choices.filter((choice) => choice.type !== 'null');
  const [only] = real;
  if (real.length !== 1 || only === undefined) return { schema, nullable: real.length < choices.length };
  return { schema: { ...only, ...schema }, nullable: real.length < choices.length };
}

function kindOf(schema: JsonSchema): FieldKind {
  if (schema.enum !== undefined) return 'choice';
  if (schema.type === 'boolean' || schema.type === 'integer' || schema.type === 'number') return schema.type;
  if (schema.type === 'string') {
    if (schema.writeOnly === true) return 'secret';
    return (schema.maxLength ?? 0) > LONG_TEXT ? 'long_text' : 'text';
  }
  return schema.type === 'array' && schema.items?.type === 'string' ? 'lines' : 'json';
}

const FLAT: ReadonlySet<FieldKind> = new Set(['text', 'number', 'integer', 'choice']);
const MOST_COLUMNS = 4;

/** The fields of a list's entries; none where it is a list of something else, or one of them has no control. */
function columnsOf(schema: JsonSchema, root: JsonSchema): readonly SchemaField[] {
  if (schema.type !== 'array' || schema.items === undefined) return [];
  const { properties = {} } = resolve(schema.items, root);
  const columns = readFields(root.$defs === undefined ? { properties } : { properties, $defs: root.$defs });
  return columns.some((column) => column.kind === 'json' || column.kind === 'entries') ? [] : columns;
}

function listKind(columns: readonly SchemaField[]): FieldKind {
  return columns.length <= MOST_COLUMNS && columns.every((column) => FLAT.has(column.kind)) ? 'rows' : 'entries';
}

/** `daily_cap` as "Daily cap", for settings whose author gave no title. */
function humanize(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The settings of a schema in the order their author wrote them. */
export function readFields(root: JsonSchema): readonly SchemaField[] {
  return Object.entries(root.properties ?? {}).map(([name, raw]) => {
    const { schema, nullable } = withoutNull(resolve(raw, root));
    const field = resolve(schema, root);
    const columns = columnsOf(field, root);
    const kind = columns.length > 0 ? listKind(columns) : kindOf(field);
    return { name, title: raw.title ?? field.title ?? humanize(name), kind, schema: field, nullable, columns };
  });
}
