import ThumbDownOutlined from '@mui/icons-material/ThumbDownOutlined';
import ThumbUpOutlined from '@mui/icons-material/ThumbUpOutlined';
import { Box, IconButton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAiRateAnswerMutation } from './api.ts';

/** Whether an answer helped, for those who choose models and write prompts. */
export function Rating({ callId }: { readonly callId: string }): ReactNode {
  const { t } = useTranslation('ai');
  const [rate, { isSuccess, isLoading }] = useAiRateAnswerMutation();
  return (
    <Box role="group" aria-label={t('assistant.rate')} sx={{ display: 'flex', alignItems: 'center', minHeight: 40 }}>
      {!isSuccess &&
        ([true, false] as const).map((helped) => (
          <IconButton
            key={String(helped)}
            size="small"
            disabled={isLoading}
            aria-label={t(helped ? 'assistant.helped' : 'assistant.unhelpful')}
            onClick={() => void rate({ callId, helped })}
          >
            {helped ? <ThumbUpOutlined fontSize="small" /> : <ThumbDownOutlined fontSize="small" />}
          </IconButton>
        ))}
      <Typography role="status" variant="body2" color="textSecondary">
        {isSuccess && t('assistant.rated')}
      </Typography>
    </Box>
  );
}
