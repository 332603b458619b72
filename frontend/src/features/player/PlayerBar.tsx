import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded';
import FormatListBulletedRounded from '@mui/icons-material/FormatListBulletedRounded';
import KeyboardRounded from '@mui/icons-material/KeyboardRounded';
import { Box, IconButton, Stack, Typography } from '@mui/material';
import { Slot } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Course, Lesson } from '../../api/index.ts';
import { border, color, radius, transition } from '../../design/theme/tokens.ts';
import { SchemeToggle } from '../shell/SchemeToggle.tsx';

interface PlayerBarProps {
  readonly lesson: Lesson | undefined;
  readonly course: Course | undefined;
  readonly onOutline: () => void;
  readonly onHelp: () => void;
}

function Segments({ course, currentId }: { readonly course: Course; readonly currentId: string }): ReactNode {
  const { t } = useTranslation();
  const lessons = course.modules.flatMap((module) => module.lessons);
  const done = lessons.filter((lesson) => lesson.status === 'completed').length;
  return (
    <Box
      role="img"
      aria-label={t('player.progress', { done, total: lessons.length })}
      sx={{ display: 'flex', gap: { xs: '2px', sm: '3px' }, height: 6, px: { xs: 2, md: 3 }, pb: 0 }}
    >
      {lessons.map((lesson) => (
        <Box
          key={lesson.id}
          sx={{
            flex: 1,
            borderRadius: radius('pill'),
            transition: transition(['background-color'], 'slow'),
            background: color(lesson.status === 'completed' ? 'success' : lesson.id === currentId ? 'primary' : 'line'),
          }}
        />
      ))}
    </Box>
  );
}

/** The line above a lesson: the way back, how far the course is, the outline. */
export function PlayerBar({ lesson, course, onOutline, onHelp }: PlayerBarProps): ReactNode {
  const { t } = useTranslation();
  const back = lesson === undefined ? '/' : `/courses/${lesson.course.slug}`;
  return (
    <Box
      component="header"
      className="ql-no-print"
      sx={{
        position: 'sticky',
        top: 0,
        zIndex: 'appBar',
        background: color('background'),
        borderBottom: border(),
        pb: 1,
      }}
    >
      <Stack
        direction="row"
        sx={{ alignItems: 'center', gap: { xs: 0.5, sm: 1 }, minHeight: 60, px: { xs: 1, md: 2 } }}
      >
        <IconButton title={t('player.back')} href={back} aria-label={t('player.back')}>
          <ArrowBackRounded />
        </IconButton>
        <Typography variant="h5" component="p" noWrap sx={{ flex: 1, minWidth: 0 }}>
          {lesson?.course.title}
        </Typography>
        <Slot name="app.header" />
        <IconButton
          title={t('player.shortcuts')}
          onClick={onHelp}
          aria-label={t('player.shortcuts')}
          aria-haspopup="dialog"
          sx={{ display: { xs: 'none', md: 'inline-flex' } }}
        >
          <KeyboardRounded />
        </IconButton>
        <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
          <SchemeToggle />
        </Box>
        <IconButton
          title={t('player.outline')}
          onClick={onOutline}
          aria-label={t('player.outline')}
          aria-haspopup="dialog"
          sx={{ display: { lg: 'none' } }}
        >
          <FormatListBulletedRounded />
        </IconButton>
      </Stack>
      {course !== undefined && lesson !== undefined && <Segments course={course} currentId={lesson.id} />}
    </Box>
  );
}
