import AddRounded from '@mui/icons-material/AddRounded';
import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded';
import { Box, Button, FormHelperText, FormLabel, IconButton, Stack, Typography } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../../design/theme/tokens.ts';
import { TEXTS } from '../texts.ts';
import { SchemaControl } from './SchemaControl.tsx';
import type { SchemaField } from './schema.ts';

type Entry = Readonly<Record<string, unknown>>;

interface EntriesControlProps {
  readonly field: SchemaField;
  readonly value: unknown;
  readonly problems: readonly { readonly at: string; readonly message: string }[];
  /** Where secrets are stored: `providers[acme].client_secret`. */
  readonly secrets: readonly string[];
  readonly onChange: (value: unknown) => void;
}

const EMPTY: Partial<Record<SchemaField['kind'], unknown>> = { boolean: false, lines: [], rows: [], integer: 0, number: 0 };

/** A new entry: each field as its author lets it begin. */
function emptyEntry(columns: readonly SchemaField[]): Entry {
  return Object.fromEntries(
    columns.map(({ name, kind, schema }) => [name, schema.default ?? schema.enum?.[0] ?? EMPTY[kind] ?? '']),
  );
}

function nameOf(entry: Entry): string {
  return [entry.label, entry.name, entry.id].find((each) => typeof each === 'string' && each !== '') as string;
}

/** A list of entries with many fields, one a card. */
export function EntriesControl({ field, value, problems, secrets, onChange }: EntriesControlProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const id = useId();
  const entries = Array.isArray(value) ? (value as readonly Entry[]) : [];
  const change = (place: number, name: string, next: unknown): void =>
    onChange(entries.map((each, index) => (index === place ? { ...each, [name]: next } : each)));
  return (
    <Box role="group" aria-labelledby={id}>
      <FormLabel id={id}>{field.title}</FormLabel>
      {field.schema.description !== undefined && <FormHelperText>{field.schema.description}</FormHelperText>}
      {entries.map((entry, place) => (
        <Stack
          // oxlint-disable-next-line react/no-array-index-key -- an entry is its place in the list
          key={place}
          sx={{ gap: 2.5, mt: 1.5, p: { xs: 2, sm: 2.5 }, border: `1px solid ${color('edge')}`, borderRadius: 2 }}
        >
          <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between' }}>
            <Typography component="h3" variant="subtitle1" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
              {nameOf(entry) ?? t('new_entry')}
            </Typography>
            <IconButton
              aria-label={t('remove_row', { row: place + 1 })}
              onClick={() => onChange(entries.filter((_each, index) => index !== place))}
              sx={{ color: color('muted') }}
            >
              <DeleteOutlineRounded />
            </IconButton>
          </Stack>
          {field.columns.map((column) => {
            const path = `[${place}].${column.name}`;
            return (
              <SchemaControl
                key={column.name}
                field={column}
                value={entry[column.name] ?? column.schema.default}
                problems={problems
                  .filter(({ at }) => at === path || at.startsWith(`${path}[`) || at.startsWith(`${path}.`))
                  .map(({ at, message }) => ({ at: at.slice(path.length), message }))}
                filled={secrets.includes(`${field.name}[${String(entry.id)}].${column.name}`)}
                secrets={[]}
                onChange={(next) => change(place, column.name, next)}
              />
            );
          })}
        </Stack>
      ))}
      {problems
        .filter(({ at }) => at === '')
        .map(({ message }) => (
          <FormHelperText key={message} error role="alert">
            {message}
          </FormHelperText>
        ))}
      <Button
        size="small"
        startIcon={<AddRounded />}
        onClick={() => onChange([...entries, emptyEntry(field.columns)])}
        sx={{ mt: 1, ml: -1 }}
      >
        {t('add_entry')}
      </Button>
    </Box>
  );
}
