import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useAiPreviewTemplateMutation } from './api.ts';
import { useTexts } from './texts.ts';
import type { TemplateCard, Texts } from './types.ts';

interface TemplatePreviewProps {
  readonly card: TemplateCard;
  readonly texts: Texts;
  readonly locale: string;
}

function valueOf(type: string, text: string): unknown {
  if (type === 'integer' || type === 'number') return Number(text);
  if (type === 'boolean') return text === 'true';
  return type === 'list' ? text.split('\n').filter(Boolean) : text;
}

/** What a provider would be told with some values; nothing is asked. */
export function TemplatePreview({ card, texts, locale }: TemplatePreviewProps): ReactNode {
  const t = useTexts();
  const message = useProblemMessage();
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [preview, { data, error, isLoading }] = useAiPreviewTemplateMutation();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const given = card.variables.flatMap(({ name, type, required }) => {
      const text = values[name] ?? '';
      return text === '' && !required ? [] : [[name, valueOf(type, text)] as const];
    });
    void preview({ id: card.id, locale, texts, variables: Object.fromEntries(given) });
  };
  return (
    <Box component="form" aria-label={t('admin.templates.preview')} onSubmit={submit} sx={{ display: 'grid', gap: 2, p: 2, borderRadius: 'var(--ql-radius-card)', background: 'var(--ql-color-sunken)' }}>
      <Typography variant="h4" component="h3">
        {t('admin.templates.preview')}
      </Typography>
      {card.variables.map(({ name, type, description }) => (
        <TextField
          key={name}
          size="small"
          label={name}
          helperText={description}
          multiline={type === 'text' || type === 'list'}
          value={values[name] ?? ''}
          onChange={(event) => setValues({ ...values, [name]: event.target.value })}
        />
      ))}
      <Button type="submit" variant="outlined" loading={isLoading} sx={{ justifySelf: 'start' }}>
        {t('admin.templates.show')}
      </Button>
      <Box role="status" sx={{ display: 'grid', gap: 1.5, '&:empty': { display: 'none' } }}>
        {error !== undefined && (
          <Alert severity="error">
            {message(error)} {isApiProblem(error) && error.errors.map((each) => `${each.field}: ${each.message}`).join(' ')}
          </Alert>
        )}
        {data !== undefined &&
          (['system', 'user'] as const).map((part) => (
            <div key={part}>
              <Typography variant="overline" component="h4">
                {t(`admin.templates.${part}`)}
              </Typography>
              <Typography component="pre" sx={{ m: 0, fontFamily: 'var(--ql-font-family-mono)', fontSize: '0.875rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {data[part]}
              </Typography>
            </div>
          ))}
      </Box>
    </Box>
  );
}
