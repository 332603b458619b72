import TranslateRounded from '@mui/icons-material/TranslateRounded';
import { IconButton } from '@mui/material';
import { type ReactNode, Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';

const LanguageChoices = lazy(() => import('./LanguageChoices.tsx'));

/** The button that opens the choice of languages. */
export function LanguageMenu(): ReactNode {
  const { t } = useTranslation();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        aria-label={t('shell.language')}
        title={t('shell.language')}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <TranslateRounded />
      </IconButton>
      {anchor !== null && (
        <Suspense fallback={null}>
          <LanguageChoices anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}
