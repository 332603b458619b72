import { Alert, Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Checks, Score } from './Checks.tsx';
import { useContentLanguage } from './ExerciseCard.tsx';
import { color } from './look.ts';
import type { Grade, HandedIn } from './types.ts';

const TOP = [1, 2, 3, 4] as const;

function Level({ level }: { readonly level: number }): ReactNode {
  const { t } = useTranslation('ai_lab');
  return (
    <Box role="img" aria-label={t('prompt.level', { level })} sx={{ display: 'flex', gap: '3px', flexShrink: 0 }}>
      {TOP.map((each) => (
        <Box key={each} sx={{ width: 18, height: 8, borderRadius: '4px', background: color(each <= level ? 'primary' : 'line') }} />
      ))}
    </Box>
  );
}

function Criterion({ grade }: { readonly grade: Grade }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const language = useContentLanguage();
  return (
    <Box component="li">
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', columnGap: 2, rowGap: 0.5 }}>
        <Typography component="span" lang={language} sx={{ fontWeight: 'var(--ql-font-weight-strong)' }}>
          {grade.title}
        </Typography>
        <Level level={grade.level} />
      </Box>
      <Typography variant="body2" color="textSecondary" lang={language}>
        {grade.hint}
      </Typography>
      {grade.quote === '' ? (
        <Typography variant="body2" sx={{ mt: 0.5 }}>
          {t('prompt.no_quote')}
        </Typography>
      ) : (
        <Box component="figure" sx={{ m: 0, mt: 0.75, pl: 1.5, borderLeft: `3px solid ${color('primary')}` }}>
          <Typography variant="body2" component="figcaption" color="textSecondary">
            {t('prompt.quote')}
          </Typography>
          <Box component="blockquote" lang={language} sx={{ m: 0, overflowWrap: 'anywhere' }}>
            {grade.quote}
          </Box>
        </Box>
      )}
    </Box>
  );
}

const PART = { display: 'grid', gap: 1.5, alignContent: 'start', minWidth: 0 } as const;

/** A prompt that was handed in: its score, and what it comes from. */
export function Grades({ answer, children }: { readonly answer: HandedIn; readonly children?: ReactNode }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const { draft, criteria, checks, sample } = answer.result;
  return (
    <Box sx={{ display: 'grid', gap: 2.5, mt: 4, pt: 3, borderTop: `var(--ql-border-rule) solid ${color('line')}` }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
        <Score score={answer.score} />
        <Box>
          <Typography variant="h4" component="h3">
            {t('prompt.grade', { number: draft })}
          </Typography>
          <Typography color="textSecondary">{t('prompt.grade_lead')}</Typography>
        </Box>
      </Box>
      {sample && <Alert severity="info">{t('prompt.sample_grade')}</Alert>}
      <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 260px), 1fr))' }}>
        <Box sx={PART}>
          <Typography variant="overline" component="h4" color="textSecondary">
            {t('prompt.rubric')}
          </Typography>
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2 }}>
            {criteria.map((each) => (
              <Criterion key={each.title} grade={each} />
            ))}
          </Box>
        </Box>
        {checks.length > 0 && (
          <Box sx={PART}>
            <Typography variant="overline" component="h4" color="textSecondary">
              {t('prompt.text_checks')}
            </Typography>
            <Checks checks={checks} />
          </Box>
        )}
      </Box>
      {children}
    </Box>
  );
}
