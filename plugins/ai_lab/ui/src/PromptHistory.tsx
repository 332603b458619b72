import { Box, Button, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useContentLanguage } from './ExerciseCard.tsx';
import { QUOTE } from './look.ts';
import type { Draft } from './types.ts';

interface PromptHistoryProps {
  readonly drafts: readonly Draft[];
  /** The prompt whose texts are shown beside the newest ones. */
  readonly beside: string | undefined;
  readonly onUse: (prompt: string) => void;
  readonly onBeside: (draft: string | undefined) => void;
}

/** The prompts so far: each can be gone on from, and its texts compared with the newest. */
export function PromptHistory({ drafts, beside, onUse, onBeside }: PromptHistoryProps): ReactNode {
  const { t } = useTranslation('ai_lab');
  const format = useFormat();
  const language = useContentLanguage();
  return (
    <Box component="details" sx={{ mt: 3 }}>
      <Box component="summary" sx={{ cursor: 'pointer', py: 1, fontWeight: 'var(--ql-font-weight-strong)' }}>
        {t('prompt.earlier', { count: drafts.length })}
      </Box>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2 }}>
        {drafts.map((each, index) => (
          <Box component="li" key={each.id}>
            <Typography variant="body2" color="textSecondary" sx={{ mb: 0.5 }}>
              {t('prompt.prompt_number', { number: each.number })} · {format.dateTime(each.written_at)}
            </Typography>
            <Box lang={language} sx={QUOTE}>
              {each.prompt}
            </Box>
            <Button size="small" onClick={() => onUse(each.prompt)} aria-label={t('prompt.use_named', { number: each.number })}>
              {t('prompt.use')}
            </Button>
            {index > 0 && each.outputs.length > 0 && (
              <Button
                size="small"
                aria-pressed={beside === each.id}
                onClick={() => onBeside(beside === each.id ? undefined : each.id)}
                aria-label={t('prompt.beside_named', { number: each.number })}
              >
                {t(beside === each.id ? 'prompt.beside_end' : 'prompt.beside')}
              </Button>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
