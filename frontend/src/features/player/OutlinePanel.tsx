import { Box, ListItemButton, Skeleton, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Course } from '../../api/index.ts';
import { border, color } from '../../design/theme/tokens.ts';
import { LessonStatus } from '../courses/LessonStatus.tsx';

/** What an outline shows, and what happens when a lesson is chosen. */
export interface OutlineProps {
  readonly course: Course | undefined;
  readonly currentId: string;
  readonly onChoose?: () => void;
}

function reveal(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

/** The modules and lessons of a course, the open one marked. */
export function Modules({ course, currentId, onChoose }: OutlineProps): ReactNode {
  if (course === undefined) return <Skeleton height={200} />;
  return (
    <Box component="ol" sx={{ display: 'grid', gap: 2.5, m: 0, p: 0, listStyle: 'none' }}>
      {course.modules.map((module) => (
        <Box component="li" key={module.id}>
          <Typography variant="overline" component="p" sx={{ px: 1.5, mb: 0.5, color: color('muted') }}>
            {module.title}
          </Typography>
          <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {module.lessons.map((lesson) => {
              const here = lesson.id === currentId;
              return (
                <li key={lesson.id} ref={here ? reveal : undefined}>
                  <ListItemButton
                    href={`/lessons/${lesson.id}`}
                    selected={here}
                    aria-current={here ? 'page' : undefined}
                    {...(onChoose === undefined ? {} : { onClick: onChoose })}
                    sx={{ gap: 1.5, px: 1.5, py: 0.75, minHeight: 44 }}
                  >
                    <LessonStatus status={lesson.status} kind={lesson.kind} />
                    <Typography variant="body2" sx={{ fontWeight: here ? 'var(--ql-font-weight-strong)' : undefined }}>
                      {lesson.title}
                    </Typography>
                  </ListItemButton>
                </li>
              );
            })}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

/** The outline beside a lesson on a wide screen. */
export function OutlinePanel(props: OutlineProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Box
      component="nav"
      aria-label={t('player.outline')}
      className="ql-no-print"
      sx={{
        display: { xs: 'none', lg: 'block' },
        position: 'sticky',
        top: 76,
        height: 'calc(100dvh - 76px)',
        overflowY: 'auto',
        px: 2,
        py: 3,
        borderInlineEnd: border(),
      }}
    >
      <Modules {...props} />
    </Box>
  );
}
