import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { type BlockProps, useFormat } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAiLabGetCritiqueQuery, useAiLabReviseMutation } from './api.ts';
import { AppealBox } from './appeals/AppealBox.tsx';
import { Checks, Score } from './Checks.tsx';
import { ExerciseCard, Loaded, useContentLanguage } from './ExerciseCard.tsx';
import { HIDDEN, QUOTE } from './look.ts';
import type { CritiqueData, Revision } from './types.ts';
import { useProblemText } from './useProblemText.ts';

const PEN = 'M3 17.25V21h3.75L17.81 9.94l-3.75-3.75zM20.71 7.04a.996.996 0 0 0 0-1.41l-2.34-2.34a.996.996 0 0 0-1.41 0l-1.83 1.83 3.75 3.75z';

function Feedback({ exercise, revision }: { readonly exercise: string; readonly revision: Revision }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const made = revision.result.checks.filter((check) => check.skipped !== true);
  const passed = made.filter((check) => check.passed).length;
  return (
    <Box sx={{ display: 'grid', gap: 2, mt: 3 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Score score={revision.score} />
        <Box>
          <Typography variant="h4" component="h3">
            {t('critique.version', { number: revision.number })}
          </Typography>
          <Typography color="textSecondary">{t('critique.passed', { count: passed, total: made.length })}</Typography>
        </Box>
      </Box>
      <Checks checks={revision.result.checks} />
      <AppealBox key={revision.id} exercise={exercise} answer={revision} />
    </Box>
  );
}

function Earlier({ revisions, onUse }: { readonly revisions: readonly Revision[]; readonly onUse: (text: string) => void }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const format = useFormat();
  const language = useContentLanguage();
  return (
    <Box component="details" sx={{ mt: 3 }}>
      <Box component="summary" sx={{ cursor: 'pointer', py: 1, fontWeight: 'var(--ql-font-weight-strong)' }}>
        {t('critique.earlier', { count: revisions.length })}
      </Box>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2 }}>
        {revisions.map((each) => (
          <Box component="li" key={each.number}>
            <Typography variant="body2" color="textSecondary" sx={{ mb: 0.5 }}>
              {t('critique.kept', { number: each.number, score: each.score, when: format.dateTime(each.answered_at) })}
            </Typography>
            <Box lang={language} sx={QUOTE}>
              {each.text}
            </Box>
            <Button size="small" onClick={() => onUse(each.text)} aria-label={t('critique.use_named', { number: each.number })}>
              {t('critique.use')}
            </Button>
          </Box>
        ))}
      </Box>
    </Box>
  );
}

function Critique({ data, revisions }: { readonly data: CritiqueData; readonly revisions: readonly Revision[] }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const problem = useProblemText();
  const language = useContentLanguage();
  const [newest, ...earlier] = revisions;
  const [text, setText] = useState(newest?.text ?? '');
  const [revise, { data: kept, error, isLoading }] = useAiLabReviseMutation();
  const words = text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '') void revise({ id: data.exercise_id, text });
  };
  return (
    <>
      <Typography variant="overline" component="h3" color="textSecondary">
        {t('critique.original')}
      </Typography>
      <Box lang={language} sx={[QUOTE, { mb: 3 }]}>
        {data.copy}
      </Box>
      <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 1.5 }}>
        <TextField
          label={t('critique.yours')}
          value={text}
          multiline
          minRows={4}
          maxRows={16}
          helperText={t('words', { count: words })}
          slotProps={{ htmlInput: { maxLength: 10_000, lang: language } }}
          onChange={(event) => setText(event.target.value)}
        />
        {error !== undefined && <Alert severity="error">{problem(error)}</Alert>}
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5 }}>
          <Button type="submit" variant="contained" loading={isLoading} disabled={text.trim() === ''}>
            {t('critique.check')}
          </Button>
          {text === '' && <Button onClick={() => setText(data.copy)}>{t('critique.from_original')}</Button>}
        </Box>
      </Box>
      <Box role="status" sx={HIDDEN}>
        {kept !== undefined && !isLoading && t('critique.told', { number: kept.number, score: kept.score })}
      </Box>
      {newest !== undefined && <Feedback exercise={data.exercise_id} revision={newest} />}
      {earlier.length > 0 && <Earlier revisions={earlier} onUse={setText} />}
    </>
  );
}

function Body({ data }: { readonly data: CritiqueData }): ReactNode {
  const query = useAiLabGetCritiqueQuery(data.exercise_id);
  return <Loaded query={query}>{({ answers }) => <Critique data={data} revisions={answers} />}</Loaded>;
}

/** A text to improve, in a lesson. */
export function CritiqueBlock({ block: { data } }: BlockProps<CritiqueData>): ReactNode {
  return (
    <ExerciseCard kind="critique" icon={PEN} title={data.title} brief={data.brief_html}>
      {() => <Body data={data} />}
    </ExerciseCard>
  );
}
