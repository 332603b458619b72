import CancelRounded from '@mui/icons-material/CancelRounded';
import CheckCircleRounded from '@mui/icons-material/CheckCircleRounded';
import RemoveCircleOutlineRounded from '@mui/icons-material/RemoveCircleOutlineRounded';
import { Box, Typography } from '@mui/material';
import { ProgressRing, useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useContentLanguage } from './ExerciseCard.tsx';
import { color } from './look.ts';
import type { CheckResult } from './types.ts';

function useCheckText(): (check: CheckResult) => { readonly title: string; readonly detail: string } {
  const { t } = useTranslation('ai_lab');
  return ({ check, passed, found, wanted, skipped }) => {
    const missing = passed ? 'passed' : 'missed';
    return {
      title: t(`check.${check}`, { count: wanted ?? 0 }),
      detail: found === null ? t(`check.${check}_${skipped === true ? 'skipped' : missing}`) : t(`check.${check}_found`, { count: found }),
    };
  };
}

const LOOKS = {
  passed: { tone: 'success', Icon: CheckCircleRounded, sign: 'passed' },
  missed: { tone: 'danger', Icon: CancelRounded, sign: 'missed' },
  skipped: { tone: undefined, Icon: RemoveCircleOutlineRounded, sign: 'skipped' },
} as const;

function lookOf({ passed, skipped }: CheckResult): (typeof LOOKS)[keyof typeof LOOKS] {
  if (skipped === true) return LOOKS.skipped;
  return passed ? LOOKS.passed : LOOKS.missed;
}

/** What was looked for in a text and what was found, each with a sign and words. */
export function Checks({ checks }: { readonly checks: readonly CheckResult[] }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const textOf = useCheckText();
  const language = useContentLanguage();
  return (
    <Box component="ul" aria-label={t('checks')} sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.25 }}>
      {checks.map((each) => {
        const { tone, Icon, sign } = lookOf(each);
        const { title, detail } = textOf(each);
        return (
          <Box component="li" key={each.check} sx={{ display: 'flex', gap: 1.25 }}>
            <Icon titleAccess={t(sign)} sx={{ mt: '1px', color: color(tone === undefined ? 'muted' : `${tone}-ink`) }} />
            <Box sx={{ minWidth: 0 }}>
              <Typography component="span" sx={{ fontWeight: 'var(--ql-font-weight-strong)' }}>
                {title}
              </Typography>
              <Typography variant="body2" color="textSecondary">
                {detail}
              </Typography>
              {each.evidence.length > 0 && (
                <Box component="ul" lang={language} sx={{ listStyle: 'none', m: 0, mt: 0.5, p: 0, display: 'flex', flexWrap: 'wrap', gap: 0.75 }}>
                  {each.evidence.map((text) => (
                    <Box
                      component="li"
                      key={text}
                      sx={{ px: 1, py: 0.25, borderRadius: 'var(--ql-radius-small)', fontSize: '0.9em', overflowWrap: 'anywhere', color: color(`${tone ?? 'primary'}-ink`), background: color(`${tone ?? 'primary'}-soft`) }}
                    >
                      {text}
                    </Box>
                  ))}
                </Box>
              )}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

/** A score out of 100, as a ring. */
export function Score({ score }: { readonly score: number }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const format = useFormat();
  return (
    <ProgressRing value={score} label={t('score')} size={76} color={score === 100 ? 'success' : 'primary'}>
      <Box component="span" sx={{ fontWeight: 'var(--ql-font-weight-strong)', fontSize: '1.25rem' }}>
        {format.number(score)}
      </Box>
    </ProgressRing>
  );
}
