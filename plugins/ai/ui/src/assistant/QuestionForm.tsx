import { Box, Button, TextField, Typography } from '@mui/material';
import { type FormEvent, type KeyboardEvent, type ReactNode, type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface QuestionFormProps {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly writing: boolean;
  readonly onAsk: (question: string) => void;
  readonly onStop: () => void;
}

/** Where a question is written. */
export function QuestionForm({ field, writing, onAsk, onStop }: QuestionFormProps): ReactNode {
  const { t } = useTranslation('ai');
  const hint = useId();
  const [question, setQuestion] = useState('');
  const send = (): void => {
    const asked = question.trim();
    if (asked === '' || writing) return;
    setQuestion('');
    onAsk(asked);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // The lesson's own shortcuts are single keys.
    if (event.key !== 'Escape') event.stopPropagation();
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 1 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-end' }}>
        <TextField
          inputRef={field}
          label={t('assistant.question')}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
          onKeyDown={onKeyDown}
          multiline
          maxRows={5}
          fullWidth
          slotProps={{ htmlInput: { maxLength: 2000, 'aria-describedby': hint } }}
        />
        {writing ? (
          <Button variant="outlined" onClick={onStop} sx={{ minHeight: 48 }}>
            {t('assistant.stop')}
          </Button>
        ) : (
          <Button type="submit" variant="contained" sx={{ minHeight: 48 }}>
            {t('assistant.send')}
          </Button>
        )}
      </Box>
      <Typography id={hint} variant="caption" color="textSecondary">
        {t('assistant.hint')} {t('assistant.unsaid')}
      </Typography>
    </Box>
  );
}
