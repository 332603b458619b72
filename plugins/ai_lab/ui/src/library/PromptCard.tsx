import ThumbUpOutlined from '@mui/icons-material/ThumbUpOutlined';
import ThumbUpRounded from '@mui/icons-material/ThumbUpRounded';
import { Box, Button, Card, Chip, Typography } from '@mui/material';
import { useCan, useFormat, useNotify } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { QUOTE } from '../look.ts';
import { useTexts } from '../pages/texts.ts';
import { type KeptPrompt, useAiLabVoteMutation } from './api.ts';

interface PromptCardProps {
  readonly prompt: KeptPrompt;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
  readonly onUnshare: () => void;
  readonly onTag: (tag: string) => void;
}

function Vote({ prompt }: { readonly prompt: KeptPrompt }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const [vote, { isLoading }] = useAiLabVoteMutation();
  const given = t('admin.library.votes_given', { count: prompt.votes });
  if (prompt.mine) return prompt.votes > 0 && <Typography variant="body2">{given}</Typography>;
  return (
    <Button
      size="small"
      variant={prompt.voted ? 'contained' : 'outlined'}
      startIcon={prompt.voted ? <ThumbUpRounded /> : <ThumbUpOutlined />}
      aria-pressed={prompt.voted}
      aria-label={`${t('admin.library.vote_named', { title: prompt.title })}. ${given}`}
      disabled={isLoading}
      onClick={() => void vote({ id: prompt.id, useful: !prompt.voted })}
    >
      {format.number(prompt.votes)}
    </Button>
  );
}

/** A prompt of the library with what the reader may do with it. */
export function PromptCard({ prompt, onEdit, onRemove, onUnshare, onTag }: PromptCardProps): ReactNode {
  const t = useTexts();
  const can = useCan();
  const format = useFormat();
  const notify = useNotify();
  const { title, text, tags, mine, shared, author } = prompt;
  const by = author === '' ? t('admin.library.by_gone') : t('admin.library.by', { author });
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    notify({ message: t('admin.library.copied'), severity: 'success' });
  };
  return (
    <Card component="li" sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 1.5, alignContent: 'start' }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'start' }}>
        <Box sx={{ minWidth: 0, mr: 'auto' }}>
          <Typography variant="h4" component="h2" sx={{ overflowWrap: 'anywhere' }}>
            {title}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {mine ? t('admin.library.by_you') : by} · {format.date(prompt.created_at)}
          </Typography>
        </Box>
        {mine && <Chip size="small" variant="outlined" color={shared ? 'success' : 'default'} label={t(shared ? 'admin.library.is_shared' : 'admin.library.is_private')} />}
      </Box>
      <Box tabIndex={0} role="group" aria-label={title} sx={[QUOTE, { maxHeight: 220, overflowY: 'auto' }]}>
        {text}
      </Box>
      {tags.length > 0 && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
          {tags.map((tag) => (
            <Chip key={tag} size="small" label={tag} onClick={() => onTag(tag)} />
          ))}
        </Box>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Vote prompt={prompt} />
        <Button size="small" aria-label={t('admin.library.copy_named', { title })} onClick={() => void copy()}>
          {t('admin.library.copy')}
        </Button>
        {mine && (
          <>
            <Button size="small" aria-label={t('admin.library.edit_named', { title })} onClick={onEdit}>
              {t('admin.library.edit')}
            </Button>
            <Button size="small" color="error" aria-label={t('admin.remove_named', { name: title })} onClick={onRemove}>
              {t('admin.remove')}
            </Button>
          </>
        )}
        {!mine && can('ai_lab.library.moderate') && (
          <Button size="small" aria-label={t('admin.library.unshare_named', { title })} onClick={onUnshare}>
            {t('admin.library.unshare')}
          </Button>
        )}
      </Box>
    </Card>
  );
}
