import { Alert, Box, Button, Checkbox, FormControl, FormControlLabel, FormGroup, FormLabel, TextField, Typography } from '@mui/material';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useContentLanguage } from './ExerciseCard.tsx';
import type { Draft, Tool } from './types.ts';
import { keyOf } from './useRuns.ts';

const MOST = 2;

interface PromptFormProps {
  readonly tools: readonly Tool[];
  readonly newest: Draft | undefined;
  readonly text: string;
  readonly writing: boolean;
  readonly problem: string | undefined;
  readonly onChange: (text: string) => void;
  /** What joins the form with the prompt library. */
  readonly library: ReactNode;
  /** Run these tools; with the newest prompt where it is unchanged. */
  readonly onRun: (tools: readonly Tool[]) => void;
  readonly onStop: () => void;
}

/** The learner's prompt, and which tools it is run with. */
export function PromptForm({ tools, newest, text, writing, problem, onChange, library, onRun, onStop }: PromptFormProps): ReactNode {
  const { t } = useTranslation('ai_lab');
  const language = useContentLanguage();
  const [picked, setPicked] = useState<readonly string[]>(() => tools.slice(0, MOST).map(keyOf));
  const toRun = tools.filter((tool) => picked.includes(keyOf(tool)));
  const unchanged = newest?.prompt === text;
  const left = unchanged ? toRun.filter((tool) => newest.outputs.every((output) => keyOf(output) !== keyOf(tool))) : toRun;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() !== '' && left.length > 0 && !writing) onRun(left);
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 2 }}>
      <TextField
        label={t('prompt.yours')}
        value={text}
        multiline
        minRows={5}
        maxRows={18}
        helperText={t('prompt.helper')}
        slotProps={{ htmlInput: { maxLength: 8000, lang: language } }}
        onChange={(event) => onChange(event.target.value)}
      />
      {tools.length > 1 && (
        <FormControl component="fieldset" variant="standard">
          <FormLabel component="legend">{t('prompt.tools')}</FormLabel>
          <FormGroup row>
            {tools.map((tool) => {
              const key = keyOf(tool);
              const checked = picked.includes(key);
              return (
                <FormControlLabel
                  key={key}
                  label={tool.title}
                  control={
                    <Checkbox
                      checked={checked}
                      disabled={!checked && picked.length >= MOST}
                      onChange={() => setPicked(checked ? picked.filter((each) => each !== key) : [...picked, key])}
                    />
                  }
                />
              );
            })}
          </FormGroup>
        </FormControl>
      )}
      {tools.some(({ sample }) => sample) && (
        <Typography variant="body2" color="textSecondary">
          {t('prompt.sample_hint')}
        </Typography>
      )}
      {tools.length === 0 && <Alert severity="info">{t('prompt.no_tools')}</Alert>}
      {problem !== undefined && <Alert severity="error">{problem}</Alert>}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
        <Button type="submit" variant="contained" loading={writing} disabled={text.trim() === '' || left.length === 0}>
          {t('prompt.run')}
        </Button>
        {writing && <Button onClick={onStop}>{t('prompt.stop')}</Button>}
        {library}
        {unchanged && left.length === 0 && tools.length > 0 && !writing && (
          <Typography variant="body2" color="textSecondary">
            {t('prompt.unchanged')}
          </Typography>
        )}
      </Box>
    </Box>
  );
}
