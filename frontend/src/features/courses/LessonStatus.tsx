import CheckRounded from '@mui/icons-material/CheckRounded';
import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { color } from '../../design/theme/tokens.ts';

interface LessonStatusProps {
  readonly status: 'new' | 'started' | 'completed';
  readonly kind: 'lesson' | 'quiz';
}

/** A small mark for how far a lesson is: an empty, a half or a ticked circle; a quiz is a diamond. */
export function LessonStatus({ status, kind }: LessonStatusProps): ReactNode {
  const { t } = useTranslation();
  const done = status === 'completed';
  const edge = done ? color('success') : color(status === 'started' ? 'primary' : 'edge');
  const half = `linear-gradient(90deg, ${color('primary')} 50%, transparent 50%)`;
  return (
    <Box
      role="img"
      aria-label={t(`courses.status_${status}`)}
      sx={{
        display: 'grid',
        placeItems: 'center',
        flexShrink: 0,
        width: 26,
        height: 26,
        border: `2px solid ${edge}`,
        borderRadius: kind === 'quiz' ? '7px' : '50%',
        transform: kind === 'quiz' ? 'rotate(45deg) scale(0.86)' : 'none',
        background: done ? color('success') : status === 'started' ? half : 'transparent',
        color: color('on-success'),
        '& svg': { fontSize: 18, transform: kind === 'quiz' ? 'rotate(-45deg)' : 'none' },
      }}
    >
      {done && <CheckRounded />}
    </Box>
  );
}
