import { Button } from '@mui/material';
import { usePermission } from '@questline/ui-sdk';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';

const PickDialog = lazy(() => import('./PickDialog.tsx'));
const PromptDialog = lazy(() => import('./PromptDialog.tsx'));

interface FromLibraryProps {
  readonly text: string;
  readonly onPick: (text: string) => void;
}

/** Takes a prompt out of the library, and puts the one that is written into it. */
export function FromLibrary({ text, onPick }: FromLibraryProps): ReactNode {
  const { t } = useTranslation('ai_lab');
  const [opened, setOpened] = useState<'pick' | 'keep'>();
  const close = (): void => setOpened(undefined);
  const pick = (picked: string): void => {
    onPick(picked);
    close();
  };
  if (!usePermission('ai_lab.library.use')) return undefined;
  return (
    <>
      <Button onClick={() => setOpened('pick')}>{t('library.pick')}</Button>
      {text.trim() !== '' && <Button onClick={() => setOpened('keep')}>{t('library.keep')}</Button>}
      <Suspense>
        {opened === 'pick' && <PickDialog onPick={pick} onClose={close} />}
        {opened === 'keep' && <PromptDialog prompt={null} text={text} onClose={close} />}
      </Suspense>
    </>
  );
}
