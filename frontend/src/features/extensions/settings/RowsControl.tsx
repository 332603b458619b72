import AddRounded from '@mui/icons-material/AddRounded';
import DeleteOutlineRounded from '@mui/icons-material/DeleteOutlineRounded';
import { Box, Button, FormHelperText, FormLabel, IconButton, TextField } from '@mui/material';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../../design/theme/tokens.ts';
import { TEXTS } from '../texts.ts';
import type { SchemaField } from './schema.ts';

type Row = Readonly<Record<string, unknown>>;

interface RowsControlProps {
  readonly field: SchemaField;
  readonly value: unknown;
  readonly problems: readonly { readonly at: string; readonly message: string }[];
  readonly onChange: (value: unknown) => void;
}

function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : [];
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The next entry of a list: numbers go on, texts are empty. */
function nextRow(columns: readonly SchemaField[], last: Row | undefined): Row {
  return Object.fromEntries(
    columns.map(({ name, kind, schema }) => {
      const before = last?.[name];
      if (kind === 'integer' || kind === 'number') {
        return [name, typeof before === 'number' ? before + 1 : (schema.minimum ?? 0)];
      }
      return [name, schema.enum?.[0] ?? ''];
    }),
  );
}

/** A list of flat entries, one a row, each value in its column. */
export function RowsControl({ field, value, problems, onChange }: RowsControlProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  const id = useId();
  const rows = rowsOf(value);
  const { columns } = field;
  const change = (row: number, name: string, next: unknown): void =>
    onChange(rows.map((each, index) => (index === row ? { ...each, [name]: next } : each)));
  const template = `${columns.map(({ kind }) => (kind === 'text' ? 'minmax(0, 3fr)' : 'minmax(60px, 1fr)')).join(' ')} 44px`;
  return (
    <Box role="group" aria-labelledby={id}>
      <FormLabel id={id}>{field.title}</FormLabel>
      {field.schema.description !== undefined && <FormHelperText>{field.schema.description}</FormHelperText>}
      <Box sx={{ display: 'grid', gap: 1, mt: 1.5 }}>
        <Box aria-hidden sx={{ display: 'grid', gridTemplateColumns: template, gap: 1, color: color('muted') }}>
          {columns.map((column) => (
            <Box key={column.name} sx={{ px: 0.5, fontSize: '0.875rem', minWidth: 0, overflowWrap: 'anywhere' }}>
              {column.title}
            </Box>
          ))}
        </Box>
        {rows.map((row, index) => (
          <RowFields
            // oxlint-disable-next-line react/no-array-index-key -- an entry is its place in the list
            key={index}
            row={row}
            number={index + 1}
            columns={columns}
            template={template}
            problems={problems.filter(({ at }) => at.startsWith(`[${index}]`))}
            onChange={(name, next) => change(index, name, next)}
            onRemove={() => onChange(rows.filter((_each, place) => place !== index))}
          />
        ))}
      </Box>
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
        onClick={() => onChange([...rows, nextRow(columns, rows.at(-1))])}
        sx={{ mt: 1, ml: -1 }}
      >
        {t('add_row')}
      </Button>
    </Box>
  );
}

interface RowFieldsProps {
  readonly row: Row;
  readonly number: number;
  readonly columns: readonly SchemaField[];
  readonly template: string;
  readonly problems: RowsControlProps['problems'];
  readonly onChange: (name: string, value: unknown) => void;
  readonly onRemove: () => void;
}

function RowFields({ row, number, columns, template, problems, onChange, onRemove }: RowFieldsProps): ReactNode {
  const { t } = useTranslation(TEXTS);
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: template, gap: 1, alignItems: 'start' }}>
      {columns.map((column) => {
        const problem = problems.find(({ at }) => at.endsWith(`.${column.name}`))?.message;
        const numeric = column.kind === 'integer' || column.kind === 'number';
        return (
          <TextField
            key={column.name}
            size="small"
            type={numeric ? 'number' : 'text'}
            value={asText(row[column.name])}
            error={problem !== undefined}
            helperText={problem}
            onChange={({ target }) =>
              onChange(column.name, numeric && target.value !== '' ? Number(target.value) : target.value)
            }
            sx={{
              '& input': { paddingInline: { xs: '9px', sm: '14px' }, appearance: 'textfield' },
              '& input::-webkit-inner-spin-button': { display: 'none' },
            }}
            slotProps={{ htmlInput: { 'aria-label': t('row', { field: column.title, row: number }) } }}
          />
        );
      })}
      <IconButton aria-label={t('remove_row', { row: number })} onClick={onRemove} sx={{ color: color('muted') }}>
        <DeleteOutlineRounded />
      </IconButton>
    </Box>
  );
}
