import CloseRounded from '@mui/icons-material/CloseRounded';
import { Alert, Box, Button, IconButton, Paper, type Theme, Typography, useMediaQuery } from '@mui/material';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from './Answer.tsx';
import type { AssistantState } from './api.ts';
import { type Exchange, plainText } from './exchange.ts';
import { goToBlock } from './goTo.ts';
import { QuestionForm } from './QuestionForm.tsx';
import { useConversation } from './useConversation.ts';

const HIDDEN = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' } as const;

interface AssistantPanelProps {
  readonly lessonId: string;
  readonly state: AssistantState;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Makes room for the lesson, where there is not enough for both. */
  readonly onLeave: () => void;
}

/** What a screen reader is told: that an answer is coming, and then the whole answer at once. */
function useAnnouncement(last: Exchange | undefined): string {
  const { t } = useTranslation('ai');
  switch (last?.status) {
    case 'writing':
      return t('assistant.writing');
    case 'answered':
      return t('assistant.answer', { text: plainText(last.text), interpolation: { escapeValue: false } });
    case 'outside':
    case 'attempt':
    case 'stopped':
      return t(`assistant.${last.status}`);
    case 'failed':
    case undefined:
    default:
      return '';
  }
}

function Examples({ onAsk }: { readonly onAsk: (question: string) => void }): ReactNode {
  const { t } = useTranslation('ai');
  return (
    <Box sx={{ display: 'grid', gap: 1, justifyItems: 'start' }}>
      <Typography variant="overline" component="h3" color="textSecondary">
        {t('assistant.try')}
      </Typography>
      {(['try_summary', 'try_example'] as const).map((key) => (
        <Button key={key} variant="outlined" size="small" sx={{ textAlign: 'start' }} onClick={() => onAsk(t(`assistant.${key}`))}>
          {t(`assistant.${key}`)}
        </Button>
      ))}
    </Box>
  );
}

/** The assistant beside the lesson; the lesson can be read and used meanwhile. */
export default function AssistantPanel({ lessonId, state, open, onClose, onLeave }: AssistantPanelProps): ReactNode {
  const { t } = useTranslation('ai');
  const title = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const { exchanges, writing, ask, stop } = useConversation(lessonId);
  const phone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const announcement = useAnnouncement(exchanges.at(-1));
  const shown = exchanges.reduce((sum, { text, status }) => sum + text.length + status.length, 0);
  useEffect(() => {
    if (open) field.current?.focus();
  }, [open]);
  useEffect(() => {
    if (shown > 0 && scroller.current !== null) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [shown]);
  const goTo = (block: string): void => {
    if (phone) onLeave();
    goToBlock(block);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose();
  };
  return (
    <Paper
      component="section"
      aria-labelledby={title}
      elevation={8}
      onKeyDown={onKeyDown}
      sx={{
        position: 'fixed',
        zIndex: 'drawer',
        right: { xs: 0, sm: 24 },
        bottom: { xs: 0, sm: 24 },
        width: { xs: '100%', sm: 420 },
        height: { xs: '78dvh', sm: 'min(640px, calc(100dvh - 112px))' },
        display: open ? 'flex' : 'none',
        flexDirection: 'column',
        borderRadius: { xs: 'var(--ql-radius-card) var(--ql-radius-card) 0 0', sm: 'var(--ql-radius-card)' },
        border: 'var(--ql-border-rule) solid var(--ql-color-line)',
        fontSize: '1rem',
        overflow: 'hidden',
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, px: 2.5, py: 1.5, borderBottom: 'var(--ql-border-rule) solid var(--ql-color-line)' }}>
        <Typography id={title} variant="h4" component="h2" sx={{ flex: 1 }}>
          {t('assistant.title')}
        </Typography>
        <IconButton aria-label={t('assistant.close')} onClick={onClose}>
          <CloseRounded />
        </IconButton>
      </Box>
      <Box ref={scroller} tabIndex={0} role="group" aria-labelledby={title} sx={{ flex: 1, minHeight: 0, overflowY: 'auto', px: 2.5, py: 2, display: 'flex', flexDirection: 'column', gap: 2.5 }}>
        <Typography variant="body2" color="textSecondary">
          {t('assistant.lead')}
        </Typography>
        {state.sample && <Alert severity="info">{t('assistant.sample_lead')}</Alert>}
        {state.reason === 'attempt' && <Alert severity="info">{t('assistant.paused')}</Alert>}
        {exchanges.length === 0 && state.available && <Examples onAsk={(question) => void ask(question)} />}
        {exchanges.map((exchange) => (
          <Box key={exchange.id} sx={{ display: 'grid', gap: 1.25 }}>
            <Box sx={{ justifySelf: 'end', maxWidth: '88%', px: 1.75, py: 1, borderRadius: 'var(--ql-radius-card)', background: 'var(--ql-color-primary-soft)' }}>
              <Typography component="h3" sx={HIDDEN}>
                {t('assistant.you')}
              </Typography>
              <Typography sx={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{exchange.question}</Typography>
            </Box>
            <Answer exchange={exchange} onSource={goTo} onRetry={() => void ask(exchange.question)} />
          </Box>
        ))}
      </Box>
      <Box role="status" aria-live="polite" sx={HIDDEN}>
        {announcement}
      </Box>
      {state.available && (
        <Box sx={{ px: 2.5, py: 2, borderTop: 'var(--ql-border-rule) solid var(--ql-color-line)' }}>
          <QuestionForm field={field} writing={writing} onAsk={(question) => void ask(question)} onStop={stop} />
        </Box>
      )}
    </Paper>
  );
}
