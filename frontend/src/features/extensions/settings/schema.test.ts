import { expect, test } from 'vitest';
import { type JsonSchema, readFields } from './schema.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    daily_cap: { type: 'integer', minimum: 0 },
    title: { anyOf: [{ type: 'string', maxLength: 20 }, { type: 'null' }], title: 'Name' },
    tone: { $ref: '#/$defs/Tone' },
    api_key: { type: 'string', writeOnly: true },
    tags: { type: 'array', items: { type: 'string' } },
    levels: { type: 'array', items: { $ref: '#/$defs/Level' } },
    anything: { type: 'array', items: { type: 'object' } },
  },
  $defs: {
    Tone: { enum: ['playful', 'calm'] },
    Level: { type: 'object', properties: { title: { type: 'string' }, floor: { type: 'integer' } } },
  },
};

test('every setting gets the control that fits its type', () => {
  const kinds = Object.fromEntries(readFields(schema).map((field) => [field.name, field.kind]));
  expect(kinds).toEqual({
    daily_cap: 'integer',
    title: 'text',
    tone: 'choice',
    api_key: 'secret',
    tags: 'lines',
    levels: 'rows',
    anything: 'json',
  });
});

test('a setting without a title is named after its key, and null makes it optional', () => {
  const [cap, title] = readFields(schema);
  expect(cap).toMatchObject({ title: 'Daily cap', nullable: false });
  expect(title).toMatchObject({ title: 'Name', nullable: true });
});

test('a list of flat entries has its columns', () => {
  const levels = readFields(schema).find((field) => field.name === 'levels');
  expect(levels?.columns.map(({ title, kind }) => [title, kind])).toEqual([
    ['Title', 'text'],
    ['Floor', 'integer'],
  ]);
});

test('a list of entries with secrets, switches or many fields has a card for each', () => {
  const [list] = readFields({
    properties: { providers: { type: 'array', items: { $ref: '#/$defs/Provider' } } },
    $defs: {
      Provider: {
        type: 'object',
        properties: { id: { type: 'string' }, secret: { type: 'string', writeOnly: true }, on: { type: 'boolean' } },
      },
    },
  });
  expect([list?.kind, list?.columns.map(({ kind }) => kind)]).toEqual(['entries', ['text', 'secret', 'boolean']]);
});
