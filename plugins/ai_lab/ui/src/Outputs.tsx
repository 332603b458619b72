import { Alert, Box, Button, Chip, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useContentLanguage } from './ExerciseCard.tsx';
import { QUOTE, color } from './look.ts';
import type { Draft, Output } from './types.ts';
import { type Run, keyOf } from './useRuns.ts';

interface ColumnProps {
  readonly number: number;
  readonly title: string;
  readonly sample: boolean;
  readonly text: string;
  readonly children?: ReactNode;
}

function Column({ number, title, sample, text, children }: ColumnProps): ReactNode {
  const { t } = useTranslation('ai_lab');
  const language = useContentLanguage();
  return (
    <Box component="li" sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, minWidth: 0, p: 2, borderRadius: 'var(--ql-radius-control)', border: `var(--ql-border-control) solid ${color('line')}` }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1 }}>
        <Typography component="h4" sx={{ fontWeight: 'var(--ql-font-weight-strong)' }}>
          {title}
        </Typography>
        <Chip size="small" variant="outlined" label={t('prompt.prompt_number', { number })} />
        {sample && <Chip size="small" label={t('prompt.sample')} />}
      </Box>
      <Box lang={language} sx={[QUOTE, { flexGrow: 1, minHeight: 72 }]}>
        {text}
      </Box>
      {children}
    </Box>
  );
}

function RunColumn({ run }: { readonly run: Run }): ReactNode {
  const { t, i18n } = useTranslation('ai_lab');
  const { draft, tool, text, status, code, detail } = run;
  const known = code !== undefined && i18n.exists(`problems.${code}`, { ns: 'ai_lab' });
  return (
    <Column number={draft.number} title={tool.title} sample={tool.sample} text={text}>
      {status === 'writing' && <Typography color="textSecondary">{t('prompt.writing', { tool: tool.title })}</Typography>}
      {status === 'stopped' && <Typography color="textSecondary">{t('prompt.stopped')}</Typography>}
      {status === 'failed' && <Alert severity="error">{known ? t(`problems.${code}`) : (detail ?? t('prompt.broken'))}</Alert>}
    </Column>
  );
}

interface OutputsProps {
  readonly drafts: readonly Draft[];
  readonly runs: readonly Run[];
  /** The text that was handed in last. */
  readonly handedIn: string | undefined;
  readonly busy: string | undefined;
  readonly onHandIn: (draft: Draft, output: Output) => void;
}

/** What tools wrote for some prompts, side by side, also while they write. */
export function Outputs({ drafts, runs, handedIn, busy, onHandIn }: OutputsProps): ReactNode {
  const { t } = useTranslation('ai_lab');
  const kept = new Set(drafts.flatMap(({ id, outputs }) => outputs.map((each) => `${id}/${keyOf(each)}`)));
  const waiting = runs.filter(({ draft, tool }) => !kept.has(`${draft.id}/${keyOf(tool)}`));
  if (kept.size === 0 && waiting.length === 0) return undefined;
  return (
    <Box sx={{ mt: 3 }}>
      <Typography variant="h4" component="h3" sx={{ mb: 1.5 }}>
        {t('prompt.results')}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 260px), 1fr))' }}>
        {waiting.map((run) => (
          <RunColumn key={keyOf(run.tool)} run={run} />
        ))}
        {drafts.flatMap((draft) =>
          draft.outputs.map((output) => (
            <Column key={output.id} number={draft.number} title={output.title} sample={output.sample} text={output.text}>
              {!output.complete && <Typography color="textSecondary">{t('prompt.cut')}</Typography>}
              {handedIn === output.id ? (
                <Chip color="success" label={t('prompt.handed_in')} sx={{ alignSelf: 'start' }} />
              ) : (
                <Button
                  variant="outlined"
                  loading={busy === output.id}
                  disabled={busy !== undefined}
                  aria-label={t('prompt.hand_in_named', { tool: output.title, number: draft.number })}
                  onClick={() => onHandIn(draft, output)}
                  sx={{ alignSelf: 'start' }}
                >
                  {t('prompt.hand_in')}
                </Button>
              )}
            </Column>
          )),
        )}
      </Box>
    </Box>
  );
}
