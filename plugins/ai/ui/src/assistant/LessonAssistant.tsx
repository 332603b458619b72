import { Button } from '@mui/material';
import { PathIcon, type SlotProps } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAiGetAssistantQuery } from './api.ts';

const AssistantPanel = lazy(() => import('./AssistantPanel.tsx'));
const BUBBLE = 'M20 2H4c-1.1 0-2 .9-2 2v18l4-4h14c1.1 0 2-.9 2-2V4c0-1.1-.9-2-2-2m0 14H5.17L4 17.17V4h16zM12 14l1.25-2.75L16 10l-2.75-1.25L12 6l-1.25 2.75L8 10l2.75 1.25z';

/** The button that opens the assistant; nothing where the lesson or the site has none. */
export function LessonAssistant({ lessonId }: SlotProps['lesson.after']): ReactNode {
  const { t } = useTranslation('ai');
  const [open, setOpen] = useState<boolean>();
  const [back, setBack] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open === false && back) button.current?.focus();
  }, [open, back]);
  const { data: state, refetch } = useAiGetAssistantQuery(lessonId);
  if (state === undefined || state.reason === 'no_provider' || state.reason === 'nothing_to_read') return null;
  const show = (): void => {
    void refetch();
    setOpen(true);
  };
  const close = (focus: boolean): void => {
    setBack(focus);
    setOpen(false);
  };
  return (
    <>
      <Button
        ref={button}
        variant="contained"
        aria-expanded={open === true}
        onClick={show}
        startIcon={<PathIcon path={BUBBLE} />}
        sx={{ position: 'fixed', zIndex: 'fab', right: { xs: 16, sm: 24 }, bottom: { xs: 16, sm: 24 }, minHeight: 52, boxShadow: 6, visibility: open === true ? 'hidden' : 'visible' }}
      >
        {t('assistant.open')}
      </Button>
      {open !== undefined && (
        <Suspense>
          <AssistantPanel key={lessonId} lessonId={lessonId} state={state} open={open} onClose={() => close(true)} onLeave={() => close(false)} />
        </Suspense>
      )}
    </>
  );
}
