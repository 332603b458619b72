import { Alert, Box, Button, Card, MenuItem, TextField } from '@mui/material';
import { useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTexts } from '../admin/texts.ts';
import { useAiSuggestMutation } from './api.ts';
import { KINDS, type Kind, type LessonSuggestions } from './types.ts';

const MOST = 10;
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'tr', 'uk'];

/** What AI is to draft for a lesson. */
export function SuggestionForm({ found }: { readonly found: LessonSuggestions }): ReactNode {
  const t = useTexts();
  const message = useProblemMessage();
  const [suggest, { data, error, isLoading }] = useAiSuggestMutation();
  const [kind, setKind] = useState<Kind>('quiz_item');
  const [count, setCount] = useState(3);
  const languages = LANGUAGES.filter((each) => each !== found.lesson.language.slice(0, 2));
  const [locale, setLocale] = useState(languages[0] ?? 'en');
  const names = new Intl.DisplayNames([document.documentElement.lang || 'en'], { type: 'language' });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const more = kind === 'quiz_item' ? { count } : kind === 'translation' ? { locale } : {};
    void suggest({ lesson: found.lesson.lesson_id, wanted: { kind, ...more } });
  };
  return (
    <Card component="form" onSubmit={send} aria-label={t('admin.suggestions.ask')} sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 2 }}>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { sm: '1fr 1fr' } }}>
        <TextField select label={t('admin.suggestions.kind')} value={kind} onChange={(event) => setKind(event.target.value as Kind)}>
          {KINDS.map((each) => (
            <MenuItem key={each} value={each} disabled={each === 'alt_text' && found.pictures === 0}>
              {t(`admin.suggestions.kinds.${each}`)}
            </MenuItem>
          ))}
        </TextField>
        {kind === 'quiz_item' && (
          <TextField
            type="number"
            label={t('admin.suggestions.count')}
            value={count}
            slotProps={{ htmlInput: { min: 1, max: MOST } }}
            onChange={(event) => setCount(Math.min(MOST, Math.max(1, Math.round(Number(event.target.value)) || 1)))}
          />
        )}
        {kind === 'translation' && (
          <TextField select label={t('admin.suggestions.language')} value={locale} onChange={(event) => setLocale(event.target.value)}>
            {languages.map((each) => (
              <MenuItem key={each} value={each}>
                {names.of(each)}
              </MenuItem>
            ))}
          </TextField>
        )}
      </Box>
      <Button type="submit" variant="contained" loading={isLoading} disabled={!found.available} sx={{ justifySelf: 'start' }}>
        {t('admin.suggestions.draft')}
      </Button>
      {!found.available && <Alert severity="info">{t('admin.suggestions.unavailable')}</Alert>}
      <Box role="status" sx={{ '&:empty': { display: 'none' } }}>
        {isLoading && t('admin.suggestions.writing')}
        {!isLoading && data !== undefined && t('admin.suggestions.drafted', { count: data.length })}
        {!isLoading && error !== undefined && <Alert severity="error">{message(error)}</Alert>}
      </Box>
    </Card>
  );
}
