import { Alert, Box, Typography } from '@mui/material';
import { type BlockProps, useRootDispatch } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppealBox } from './appeals/AppealBox.tsx';
import { changed, useAiLabAddDraftMutation, useAiLabHandInMutation, useAiLabListDraftsQuery } from './api.ts';
import { ExerciseCard, Loaded, useContentLanguage } from './ExerciseCard.tsx';
import { FromLibrary } from './library/FromLibrary.tsx';
import { Grades } from './Grades.tsx';
import { HIDDEN, QUOTE } from './look.ts';
import { Outputs } from './Outputs.tsx';
import { PromptForm } from './PromptForm.tsx';
import { PromptHistory } from './PromptHistory.tsx';
import type { PromptData, Tool, Workshop } from './types.ts';
import { useProblemText } from './useProblemText.ts';
import { useRuns } from './useRuns.ts';

const SPARK = 'm19 9 1.25-2.75L23 5l-2.75-1.25L19 1l-1.25 2.75L15 5l2.75 1.25zm-7.5.5L9 4 6.5 9.5 1 12l5.5 2.5L9 20l2.5-5.5L17 12zM19 15l-1.25 2.75L15 19l2.75 1.25L19 23l1.25-2.75L23 19l-2.75-1.25z';

function Task({ data }: { readonly data: PromptData }): ReactNode {
  const { t } = useTranslation('ai_lab');
  const language = useContentLanguage();
  const parts = [
    { title: t('prompt.voice'), lines: data.brand_voice === '' ? [] : [data.brand_voice] },
    { title: t('prompt.constraints'), lines: data.constraints },
    { title: t('prompt.criteria'), lines: data.criteria.map(({ title, hint }) => `${title}: ${hint}`) },
  ].filter(({ lines }) => lines.length > 0);
  return (
    <Box sx={[QUOTE, { display: 'grid', gap: 2, mb: 3, whiteSpace: 'normal' }]}>
      {parts.map(({ title, lines }) => (
        <Box key={title}>
          <Typography variant="overline" component="h3" color="textSecondary" sx={{ lineHeight: 1.6 }}>
            {title}
          </Typography>
          {lines.length === 1 ? (
            <Box lang={language}>{lines[0]}</Box>
          ) : (
            <Box component="ul" lang={language} sx={{ m: 0, pl: 2.5 }}>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </Box>
          )}
        </Box>
      ))}
    </Box>
  );
}

interface BenchProps {
  readonly data: PromptData;
  readonly workshop: Workshop;
}

function Bench({ data, workshop: { tools, drafts, answers } }: BenchProps): ReactNode {
  const { t, i18n } = useTranslation('ai_lab');
  const problem = useProblemText();
  const dispatch = useRootDispatch();
  const locale = i18n.language.startsWith('de') ? 'de' : 'en';
  const [newest] = drafts;
  const [answer] = answers;
  const [text, setText] = useState(newest?.prompt ?? '');
  const [beside, setBeside] = useState<string>();
  const [add, adding] = useAiLabAddDraftMutation();
  const [handIn, handing] = useAiLabHandInMutation();
  const { runs, writing, start, stop } = useRuns(locale, () => dispatch(changed(data.exercise_id)));
  const run = async (chosen: readonly Tool[]): Promise<void> => {
    const draft = newest?.prompt === text ? newest : (await add({ id: data.exercise_id, prompt: text })).data;
    if (draft !== undefined) await start(draft, chosen);
  };
  const shown = drafts.filter(({ id }, index) => index === 0 || id === beside);
  return (
    <>
      <Task data={data} />
      <PromptForm
        tools={tools}
        newest={newest}
        text={text}
        writing={writing || adding.isLoading}
        problem={adding.error === undefined ? undefined : problem(adding.error)}
        onChange={setText}
        library={<FromLibrary text={text} onPick={setText} />}
        onRun={(chosen) => void run(chosen)}
        onStop={stop}
      />
      <Outputs
        drafts={shown}
        runs={runs}
        handedIn={answer?.result.output_id}
        busy={handing.isLoading ? handing.originalArgs?.output : undefined}
        onHandIn={(draft, output) => void handIn({ id: data.exercise_id, draft: draft.id, output: output.id, locale })}
      />
      {handing.error !== undefined && (
        <Alert severity="error" sx={{ mt: 2 }}>
          {problem(handing.error)}
        </Alert>
      )}
      <Box role="status" sx={HIDDEN}>
        {handing.data !== undefined && !handing.isLoading
          ? t('prompt.told', { score: handing.data.score })
          : runs.map(({ tool, status }) => (status === 'writing' || status === 'written') && <span key={tool.model}>{t(`prompt.${status}`, { tool: tool.title })} </span>)}
      </Box>
      {answer !== undefined && (
        <Grades answer={answer}>
          <AppealBox key={answer.id} exercise={data.exercise_id} answer={answer} />
        </Grades>
      )}
      {drafts.length > 1 && <PromptHistory drafts={drafts} beside={beside} onUse={setText} onBeside={setBeside} />}
    </>
  );
}

function Body({ data }: { readonly data: PromptData }): ReactNode {
  const query = useAiLabListDraftsQuery(data.exercise_id);
  return <Loaded query={query}>{(workshop) => <Bench data={data} workshop={workshop} />}</Loaded>;
}

/** A task for a prompt of the learner's own, in a lesson. */
export function PromptBlock({ block: { data } }: BlockProps<PromptData>): ReactNode {
  return (
    <ExerciseCard kind="prompt" icon={SPARK} title={data.title} brief={data.brief_html}>
      {() => <Body data={data} />}
    </ExerciseCard>
  );
}
