import { Alert, Button, Card, Stack, TextField, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { ErrorState, LoadingState, isApiProblem, useFormat, useNotify, usePermission, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useAiGetTemplateQuery, useAiOverrideTemplateMutation, useAiResetTemplateMutation } from './api.ts';
import { TemplatePreview } from './TemplatePreview.tsx';
import { useTexts } from './texts.ts';
import type { Template, Texts } from './types.ts';

function localesOf({ system, user }: Texts): readonly string[] {
  return [...new Set(['en', ...Object.keys(user), ...Object.keys(system), 'de'])];
}

/** Texts without those that are empty: the server then takes the English one. */
function filled(texts: Texts): Texts {
  const keep = (all: Texts['user']): Texts['user'] => Object.fromEntries(Object.entries(all).filter(([, text]) => text.trim() !== ''));
  return { system: keep(texts.system), user: keep(texts.user) };
}

function Versions({ template, onTake }: { readonly template: Template; readonly onTake: (texts: Texts) => void }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  return (
    <section aria-label={t('admin.templates.versions')}>
      <Typography variant="h4" component="h3" sx={{ mb: 1 }}>
        {t('admin.templates.versions')}
      </Typography>
      <Stack component="ol" sx={{ m: 0, p: 0, listStyle: 'none', gap: 1 }}>
        {template.versions.map(({ version, texts, created_at: at }) => (
          <Stack key={version} component="li" direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
            <Typography sx={{ flex: '1 1 200px' }}>
              {t('admin.templates.version', { version })}, {format.dateTime(at)}
              {texts === null && `: ${t('admin.templates.went_back')}`}
            </Typography>
            {texts !== null && (
              <Button size="small" variant="outlined" aria-label={t('admin.templates.take_named', { version })} onClick={() => onTake(texts)}>
                {t('admin.templates.take')}
              </Button>
            )}
          </Stack>
        ))}
        <Stack component="li" direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <Typography sx={{ flex: '1 1 200px' }}>{t('admin.templates.plugins')}</Typography>
          <Button size="small" variant="outlined" aria-label={t('admin.templates.take_plugins')} onClick={() => onTake(template.plugin)}>
            {t('admin.templates.take')}
          </Button>
        </Stack>
      </Stack>
    </section>
  );
}

function Editor({ template }: { readonly template: Template }): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const message = useProblemMessage();
  const may = usePermission('ai.settings.manage');
  const { card } = template;
  const [texts, setTexts] = useState<Texts>(template.current);
  const [locale, setLocale] = useState('en');
  const [save, saving] = useAiOverrideTemplateMutation();
  const [reset, resetting] = useAiResetTemplateMutation();
  const problem = saving.error ?? resetting.error;
  const write = (part: 'system' | 'user', text: string): void => setTexts({ ...texts, [part]: { ...texts[part], [locale]: text } });
  const onSave = async (): Promise<void> => {
    const answer = await save({ id: card.id, texts: filled(texts) });
    if (answer.error === undefined) notify({ message: t('admin.saved', { name: card.title }), severity: 'success' });
  };
  const onReset = async (): Promise<void> => {
    const answer = await reset(card.id);
    if (answer.error !== undefined) return;
    setTexts(template.plugin);
    notify({ message: t('admin.templates.reset_done'), severity: 'success' });
  };
  return (
    <Card sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 2.5 }}>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between' }}>
        <Typography variant="h3" component="h2">
          {card.title}
        </Typography>
        <ToggleButtonGroup exclusive size="small" value={locale} aria-label={t('admin.templates.language')} onChange={(_, next: string | null) => next !== null && setLocale(next)}>
          {localesOf(template.current).map((each) => (
            <ToggleButton key={each} value={each}>
              {each}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Stack>
      <Typography variant="body2" color="textSecondary">
        {t('admin.templates.variables')}{' '}
        {card.variables.map(({ name, type, required }) => `{{ ${name} }} (${type}${required ? '' : `, ${t('admin.templates.optional')}`})`).join(', ')}
      </Typography>
      {(['system', 'user'] as const).map((part) => (
        <TextField
          key={part}
          multiline
          minRows={part === 'system' ? 6 : 3}
          maxRows={18}
          label={t(`admin.templates.${part}`)}
          helperText={t(`admin.templates.${part}_hint`)}
          value={texts[part][locale] ?? ''}
          onChange={(event) => write(part, event.target.value)}
          slotProps={{ htmlInput: { readOnly: !may, maxLength: 20_000 }, inputLabel: { shrink: true } }}
        />
      ))}
      {problem !== undefined && (
        <Alert severity="error">
          {message(problem)} {isApiProblem(problem) && problem.errors.map((each) => `${each.field}: ${each.message}`).join(' ')}
        </Alert>
      )}
      {may && (
        <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
          <Button variant="contained" loading={saving.isLoading} onClick={() => void onSave()}>
            {t('admin.templates.save')}
          </Button>
          {card.overridden && (
            <Button variant="outlined" loading={resetting.isLoading} onClick={() => void onReset()}>
              {t('admin.templates.reset')}
            </Button>
          )}
        </Stack>
      )}
      <TemplatePreview card={card} texts={filled(texts)} locale={locale} />
      <Versions template={template} onTake={setTexts} />
    </Card>
  );
}

/** A template: its texts by language, a preview, and the versions there were. */
export function TemplateEditor({ id }: { readonly id: string }): ReactNode {
  const { data, error, refetch } = useAiGetTemplateQuery(id);
  if (error !== undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return data === undefined ? <LoadingState lines={4} /> : <Editor template={data} />;
}
