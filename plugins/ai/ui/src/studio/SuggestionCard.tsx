import { Alert, Box, Button, Card, Chip, Stack, Typography } from '@mui/material';
import { useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { money } from '../admin/money.ts';
import { useTexts } from '../admin/texts.ts';
import { useAiDecideSuggestionMutation } from './api.ts';
import { Diff } from './Diff.tsx';
import type { Suggestion } from './types.ts';

interface SuggestionCardProps {
  readonly lesson: string;
  readonly number: number;
  readonly suggestion: Suggestion;
}

function AsCode({ code }: { readonly code: string }): ReactNode {
  const t = useTexts();
  const notify = useNotify();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code);
    notify({ message: t('admin.suggestions.copied'), severity: 'success' });
  };
  return (
    <Box component="details">
      <Box component="summary" sx={{ cursor: 'pointer', py: 0.5 }}>
        {t('admin.suggestions.as_code')}
      </Box>
      <Box
        component="pre"
        tabIndex={0}
        sx={{ m: 0, my: 1, p: 1.5, overflowX: 'auto', fontSize: '0.875rem', background: 'var(--ql-color-sunken)', borderRadius: 'var(--ql-radius-small)' }}
      >
        {code}
      </Box>
      <Button size="small" variant="outlined" onClick={() => void copy()}>
        {t('admin.suggestions.copy')}
      </Button>
    </Box>
  );
}

/** A draft with what supports it, what to look at, what it cost, and the decision. */
export function SuggestionCard({ lesson, number, suggestion }: SuggestionCardProps): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const message = useProblemMessage();
  const [decide, { error, isLoading }] = useAiDecideSuggestionMutation();
  const name = `${t(`admin.suggestions.kinds.${suggestion.kind}`)} ${format.number(number)}`;
  const { content, flags, source, status } = suggestion;
  const details = [
    suggestion.kind === 'quiz_item' && t('admin.suggestions.difficulty', { value: t(`admin.suggestions.difficulties.${String(content['difficulty'])}`) }),
    suggestion.kind === 'quiz_item' && t('admin.suggestions.objective', { value: content['objective'] }),
    t('admin.suggestions.cost', { cost: money(format, suggestion.cost_micros, suggestion.currency), model: suggestion.model }),
  ].filter((each) => each !== false);
  return (
    <Card component="li" sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 1.5 }}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Typography variant="h4" component="h2" sx={{ mr: 'auto' }}>
          {name}
        </Typography>
        {suggestion.sample && <Chip size="small" variant="outlined" label={t('admin.suggestions.sample')} />}
        <Chip size="small" variant="outlined" color={status === 'accepted' ? 'success' : 'default'} label={t(`admin.suggestions.status.${status}`)} />
      </Stack>
      <Diff pieces={suggestion.diff} />
      {flags.map((flag) => (
        <Alert key={flag} severity="warning">
          {t(`admin.suggestions.flags.${flag}`)}
          {flag === 'duplicate' && <Box sx={{ mt: 0.5, fontStyle: 'italic' }}>{suggestion.duplicate_of?.replaceAll(/<[^>]*>/gu, '')}</Box>}
        </Alert>
      ))}
      {source !== null && (
        <Box component="blockquote" sx={{ m: 0, pl: 2, borderLeft: '3px solid var(--ql-color-line)' }}>
          <Typography variant="body2">{t('admin.suggestions.source')}</Typography>
          {source.sentence}
        </Box>
      )}
      <Typography variant="body2">{details.join(' · ')}</Typography>
      {status === 'accepted' && <AsCode code={suggestion.as_code} />}
      {status === 'pending' && (
        <Stack direction="row" sx={{ gap: 1 }}>
          {([true, false] as const).map((accepted) => {
            const label = t(accepted ? 'admin.suggestions.accept' : 'admin.suggestions.reject');
            return (
              <Button
                key={label}
                variant={accepted ? 'contained' : 'outlined'}
                disabled={isLoading}
                aria-label={`${label}: ${name}`}
                onClick={() => void decide({ lesson, id: suggestion.id, accepted })}
              >
                {label}
              </Button>
            );
          })}
        </Stack>
      )}
      {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
    </Card>
  );
}
