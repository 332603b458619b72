import { Box, Stack, Typography } from '@mui/material';
import { Slot, useFormat } from '@questline/ui-sdk';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Lesson } from '../../api/index.ts';
import { Panel } from '../../design/components/Panel.tsx';
import { color } from '../../design/theme/tokens.ts';
import { Objectives } from '../courses/Objectives.tsx';
import { LessonBlock } from './blocks/LessonBlock.tsx';
import { LessonEnd } from './LessonEnd.tsx';
import { useResume } from './useResume.ts';
import { useSavedPosition } from './useSavedPosition.ts';

interface LessonArticleProps {
  readonly lesson: Lesson;
  readonly language: string;
  readonly onProgress: () => void;
}

function Head({ lesson }: { readonly lesson: Lesson }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Box component="header" sx={{ mb: { xs: 4, md: 5 } }}>
      <Typography variant="overline" component="p" sx={{ color: color('primary-ink') }}>
        {lesson.module.title}
      </Typography>
      <Typography variant="h1" sx={{ mt: 0.75, fontSize: 'clamp(2rem, 1.5rem + 2.2vw, 3rem)' }}>
        {lesson.title}
      </Typography>
      <Typography sx={{ mt: 1.5, color: color('muted') }}>
        {t('player.place', { position: lesson.position, total: lesson.total })} · {format.minutes(lesson.minutes)}
        {lesson.status === 'completed' && ` · ${t('player.completed')}`}
      </Typography>
      {lesson.objectives.length > 0 && (
        <Panel component="section" aria-label={t('player.objectives')} sx={{ mt: 3.5 }}>
          <Typography variant="overline" component="h2" sx={{ display: 'block', mb: 1.25, color: color('muted') }}>
            {t('player.objectives')}
          </Typography>
          <Objectives objectives={lesson.objectives} />
        </Panel>
      )}
    </Box>
  );
}

/** The text of a lesson, from its title to the button that completes it. */
export function LessonArticle({ lesson, language, onProgress }: LessonArticleProps): ReactNode {
  const blocks = useRef<HTMLDivElement>(null);
  useResume(lesson, blocks);
  useSavedPosition(lesson, blocks);
  return (
    <Box
      component="article"
      sx={{ fontSize: 'var(--ql-font-reading-size)', maxWidth: 'var(--ql-font-reading-measure)', mx: 'auto' }}
    >
      <Head lesson={lesson} />
      <Stack ref={blocks} lang={language} sx={{ gap: { xs: 3.5, md: 4.5 } }}>
        {lesson.blocks.map((block) => (
          <Box key={block.id} data-block={block.id} sx={{ minWidth: 0, scrollMarginTop: 96 }}>
            <LessonBlock block={block} lesson={lesson} language={language} onProgress={onProgress} />
          </Box>
        ))}
      </Stack>
      <Stack sx={{ gap: 3, mt: { xs: 5, md: 7 } }}>
        <LessonEnd lesson={lesson} />
        <Slot name="lesson.after" props={{ courseId: lesson.course.id, lessonId: lesson.id }} />
      </Stack>
    </Box>
  );
}
