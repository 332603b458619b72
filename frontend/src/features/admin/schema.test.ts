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
    levels: { type: 'array', items: { type: 'object' } },
  },
  $defs: { Tone: { enum: ['playful', 'calm'] } },
};

test('every setting gets the control that fits its type', () => {
  const kinds = Object.fromEntries(readFields(schema).map((field) => [field.name, field.kind]));
  expect(kinds).toEqual({
    daily_cap: 'integer',
    title: 'text',
    tone: 'choice',
    api_key: 'secret',
    tags: 'lines',
    levels: 'json',
  });
});

test('a setting without a title is named after its key, and null makes it optional', () => {
  const [cap, title] = readFields(schema);
  expect(cap).toMatchObject({ title: 'Daily cap', nullable: false });
  expect(title).toMatchObject({ title: 'Name', nullable: true });
});
