import { Box, Stack, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { markOf } from './answers.ts';
import { Html } from './Html.tsx';
import { markColors } from './look.ts';
import { MarkIcon } from './MarkIcon.tsx';
import type { Feedback } from './types.ts';

/** How good an answer was, and why; read out when it appears. */
export function FeedbackPanel({ feedback }: { readonly feedback: Feedback | undefined }): ReactNode {
  const { t } = useTranslation('assessments');
  const format = useFormat();
  const mark = feedback === undefined ? undefined : markOf(feedback);
  return (
    <Box role="status">
      {feedback !== undefined && mark !== undefined && (
        <Stack
          direction="row"
          sx={{
            gap: 1.5,
            p: { xs: 1.75, sm: 2 },
            borderRadius: 'var(--ql-radius-control)',
            background: markColors(mark).soft,
            borderInlineStart: `4px solid ${markColors(mark).line}`,
          }}
        >
          <MarkIcon mark={mark} />
          <Box sx={{ minWidth: 0, flex: 1 }}>
            <Typography component="p" sx={{ color: markColors(mark).ink, fontWeight: 'var(--ql-font-weight-strong)' }}>
              {t(`mark.${mark}`, { score: format.number(feedback.score), max: format.number(feedback.max_score) })}
            </Typography>
            {feedback.message_html !== null && <Html html={feedback.message_html} sx={{ mt: 0.5 }} />}
            {feedback.explanation_html !== null && <Html html={feedback.explanation_html} sx={{ mt: 0.75 }} />}
          </Box>
        </Stack>
      )}
    </Box>
  );
}
