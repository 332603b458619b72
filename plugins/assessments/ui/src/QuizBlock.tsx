import { Box } from '@mui/material';
import type { BlockProps } from '@questline/ui-sdk';
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContentLanguage } from './Html.tsx';
import { LessonCheck } from './LessonCheck.tsx';
import { Quiz } from './Quiz.tsx';
import type { QuizData } from './types.ts';

const MOST_INLINE = 5;

/** Says whether a block is a check to answer within the lesson; anything graded, timed or long gets the player. */
function isInline(data: QuizData): boolean {
  return !data.graded && data.feedback === 'immediate' && data.time_limit_seconds === null && data.item_count <= MOST_INLINE;
}

/** An assessment in a lesson. */
export function QuizBlock({ block, lesson, onProgress }: BlockProps<QuizData>): ReactNode {
  const { i18n } = useTranslation('assessments');
  const root = useRef<HTMLDivElement>(null);
  const [language, setLanguage] = useState<string>();
  useLayoutEffect(() => {
    setLanguage(root.current?.parentElement?.closest<HTMLElement>('[lang]')?.lang);
  }, []);
  return (
    <ContentLanguage value={language}>
      <Box ref={root} lang={i18n.language} sx={{ fontSize: '1rem' }}>
        {isInline(block.data) ? (
          <LessonCheck data={block.data} />
        ) : (
          <Quiz assessmentId={block.data.assessment_id} lesson={lesson} onProgress={onProgress} />
        )}
      </Box>
    </ContentLanguage>
  );
}
