import { Chip, Stack } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CourseCard } from '../../api/index.ts';

const TAGS_SHOWN = 14;

interface TagsProps {
  readonly courses: readonly CourseCard[];
  readonly chosen: string;
  readonly onChoose: (tag: string) => void;
}

/** The topics of the courses seen so far, to choose one from. */
export function Tags({ courses, chosen, onChoose }: TagsProps): ReactNode {
  const { t } = useTranslation();
  const [known, setKnown] = useState<readonly string[]>([]);
  const seen = new Set([...known, ...courses.flatMap((course) => course.tags)]);
  if (seen.size > known.length) setKnown([...seen]);
  if (known.length === 0) return null;
  return (
    <Stack direction="row" role="group" aria-label={t('catalogue.tags')} sx={{ flexWrap: 'wrap', gap: 1 }}>
      {known.slice(0, TAGS_SHOWN).map((tag) => (
        <Chip
          key={tag}
          label={tag}
          clickable
          color={chosen === tag ? 'primary' : 'default'}
          aria-pressed={chosen === tag}
          onClick={() => onChoose(chosen === tag ? '' : tag)}
          sx={{ height: 40, px: 0.75, '@media (pointer: coarse)': { height: 44 } }}
        />
      ))}
    </Stack>
  );
}
