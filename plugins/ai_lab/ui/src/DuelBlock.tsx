import EmojiEventsRounded from '@mui/icons-material/EmojiEventsRounded';
import { Alert, Box, Button, Chip, Radio, RadioGroup, Typography } from '@mui/material';
import type { BlockProps } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAiLabGetDuelQuery, useAiLabPickMutation } from './api.ts';
import { ExerciseCard, Loaded, useContentLanguage } from './ExerciseCard.tsx';
import { QUOTE, color } from './look.ts';
import type { Answer, DuelData, DuelResult } from './types.ts';
import { useProblemText } from './useProblemText.ts';

const SCALES = 'M13 7.83c.85-.3 1.53-.98 1.83-1.83H18l-3 7c0 1.66 1.57 3 3.5 3s3.5-1.34 3.5-3l-3-7h2V4h-6.17c-.41-1.17-1.52-2-2.83-2s-2.42.83-2.83 2H3v2h2l-3 7c0 1.66 1.57 3 3.5 3S9 14.66 9 13L6 6h3.17c.3.85.98 1.53 1.83 1.83V19H2v2h20v-2h-9z';
const SIDES = ['a', 'b'] as const;
const GRID = { display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 1.5 } as const;
const HEADLINE = { p: 2, borderRadius: 'var(--ql-radius-control)', minWidth: 0 } as const;

interface PickProps {
  readonly data: DuelData;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly onPick: (side: 'a' | 'b') => void;
}

function Pick({ data, error, isLoading, onPick }: PickProps): ReactNode {
  const { t } = useTranslation('ai_lab');
  const language = useContentLanguage();
  const problem = useProblemText();
  const name = useId();
  const [side, setSide] = useState<'a' | 'b'>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (side !== undefined) onPick(side);
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 2 }}>
      <RadioGroup name={name} aria-label={t('duel.which')} value={side ?? ''} onChange={(_event, value) => setSide(value as 'a' | 'b')} sx={GRID}>
        {SIDES.map((each) => (
          <Box
            component="label"
            key={each}
            sx={{
              ...HEADLINE,
              display: 'flex',
              gap: 1,
              cursor: 'pointer',
              border: `var(--ql-border-control) solid ${color(side === each ? 'primary' : 'edge')}`,
              background: side === each ? color('primary-soft') : 'transparent',
            }}
          >
            <Radio value={each} sx={{ p: 0, alignSelf: 'start' }} />
            <Box component="span" lang={language} sx={{ fontSize: '1.125rem', fontWeight: 'var(--ql-font-weight-strong)', overflowWrap: 'anywhere' }}>
              {data[each]}
            </Box>
          </Box>
        ))}
      </RadioGroup>
      {error !== undefined && <Alert severity="error">{problem(error)}</Alert>}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5 }}>
        <Button type="submit" variant="contained" disabled={side === undefined} loading={isLoading}>
          {t('duel.lock')}
        </Button>
        <Typography variant="body2" color="textSecondary">
          {t('duel.once')}
        </Typography>
      </Box>
    </Box>
  );
}

function Ended({ data, answer, focus }: { readonly data: DuelData; readonly answer: Answer<DuelResult>; readonly focus: boolean }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const language = useContentLanguage();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [focus]);
  const { correct, winner, result, reason } = answer.result;
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Typography ref={heading} tabIndex={-1} variant="h4" component="h3" sx={{ color: color(correct ? 'success-ink' : 'danger-ink') }}>
        {t(correct ? 'duel.right' : 'duel.wrong')}
      </Typography>
      <Box sx={GRID}>
        {SIDES.map((each) => (
          <Box key={each} sx={{ ...HEADLINE, border: `var(--ql-border-control) solid ${color(each === winner ? 'success' : 'line')}`, background: each === winner ? color('success-soft') : 'transparent' }}>
            <Box lang={language} sx={{ fontSize: '1.125rem', fontWeight: 'var(--ql-font-weight-strong)', overflowWrap: 'anywhere', mb: 1 }}>
              {data[each]}
            </Box>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
              {each === winner && <Chip size="small" icon={<EmojiEventsRounded />} label={t('duel.winner')} sx={{ color: color('success-ink'), background: color('surface') }} />}
              {each === answer.text && <Chip size="small" variant="outlined" label={t('duel.yours')} />}
            </Box>
          </Box>
        ))}
      </Box>
      <Box lang={language} sx={QUOTE}>
        <Box component="p" sx={{ m: 0, mb: 1, fontWeight: 'var(--ql-font-weight-strong)' }}>
          {result}
        </Box>
        {reason}
      </Box>
    </Box>
  );
}

function Body({ data }: { readonly data: DuelData }): ReactNode {
  const query = useAiLabGetDuelQuery(data.exercise_id);
  const [pick, { error, isLoading, isSuccess }] = useAiLabPickMutation();
  const onPick = (side: 'a' | 'b'): void => void pick({ id: data.exercise_id, pick: side });
  return (
    <Loaded query={query}>
      {({ answers: [answer] }) =>
        answer === undefined ? <Pick data={data} error={error} isLoading={isLoading} onPick={onPick} /> : <Ended data={data} answer={answer} focus={isSuccess} />
      }
    </Loaded>
  );
}

/** Two headlines of which one won, in a lesson. */
export function DuelBlock({ block: { data } }: BlockProps<DuelData>): ReactNode {
  return (
    <ExerciseCard kind="duel" icon={SCALES} title={data.title} brief={data.brief_html}>
      {() => <Body data={data} />}
    </ExerciseCard>
  );
}
