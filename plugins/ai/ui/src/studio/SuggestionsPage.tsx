import { Autocomplete, Box, Stack, TextField, ToggleButton, ToggleButtonGroup } from '@mui/material';
import { EmptyState, ErrorState, LoadingState, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useSearchParams } from 'react-router';
import { Frame } from '../admin/Frame.tsx';
import { useTexts } from '../admin/texts.ts';
import { useAiListSuggestionLessonsQuery, useAiListSuggestionsQuery } from './api.ts';
import { SuggestionCard } from './SuggestionCard.tsx';
import { SuggestionForm } from './SuggestionForm.tsx';
import type { LessonCard, Suggestion } from './types.ts';

const STATUSES = ['pending', 'accepted', 'rejected'] as const;

function Lesson({ id }: { readonly id: string }): ReactNode {
  const t = useTexts();
  const format = useFormat();
  const { data, error, refetch } = useAiListSuggestionsQuery(id);
  const [status, setStatus] = useState<Suggestion['status']>('pending');
  if (data === undefined) return error === undefined ? <LoadingState lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />;
  const shown = data.suggestions.filter((each) => each.status === status);
  return (
    <Stack sx={{ gap: 3 }}>
      <SuggestionForm found={data} />
      <ToggleButtonGroup
        exclusive
        size="small"
        value={status}
        aria-label={t('admin.suggestions.show')}
        sx={{ flexWrap: 'wrap' }}
        onChange={(_event, next: Suggestion['status'] | null) => next !== null && setStatus(next)}
      >
        {STATUSES.map((each) => (
          <ToggleButton key={each} value={each} sx={{ minHeight: 44 }}>
            {t(`admin.suggestions.status.${each}`)} ({format.number(data.suggestions.filter((one) => one.status === each).length)})
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {shown.length === 0 ? (
        <EmptyState title={t(`admin.suggestions.none.${status}`)} description={t('admin.suggestions.none_detail')} />
      ) : (
        <Box component="ul" aria-label={t(`admin.suggestions.status.${status}`)} sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 2 }}>
          {shown.map((each, place) => (
            <SuggestionCard key={each.id} lesson={id} number={place + 1} suggestion={each} />
          ))}
        </Box>
      )}
    </Stack>
  );
}

/** Texts that AI drafts from lessons, for their authors to accept or reject one by one. */
export default function SuggestionsPage(): ReactNode {
  const t = useTexts();
  const [params, setParams] = useSearchParams();
  const { data, error, refetch } = useAiListSuggestionLessonsQuery(undefined);
  const lessons = data?.items ?? [];
  const chosen = lessons.find((each) => each.lesson_id === params.get('lesson')) ?? lessons[0];
  const label = (each: LessonCard): string => (each.pending > 0 ? t('admin.suggestions.waiting', { title: each.title, count: each.pending }) : each.title);
  return (
    <Frame page="suggestions">
      {data === undefined && (error === undefined ? <LoadingState lines={4} /> : <ErrorState error={error} onRetry={() => void refetch()} />)}
      {data !== undefined && chosen === undefined && (
        <EmptyState role="status" title={t('admin.suggestions.no_lessons')} description={t('admin.suggestions.no_lessons_detail')} />
      )}
      {chosen !== undefined && (
        <Stack sx={{ gap: 3 }}>
          <Autocomplete
            options={lessons}
            value={chosen}
            disableClearable
            groupBy={(each) => each.course_title}
            getOptionLabel={label}
            getOptionKey={(each) => each.lesson_id}
            isOptionEqualToValue={(one, other) => one.lesson_id === other.lesson_id}
            onChange={(_event, next) => setParams({ lesson: next.lesson_id })}
            renderInput={(input) => <TextField {...input} label={t('admin.suggestions.lesson')} />}
          />
          <Lesson key={chosen.lesson_id} id={chosen.lesson_id} />
        </Stack>
      )}
    </Frame>
  );
}
