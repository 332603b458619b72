import { Alert, FormControlLabel, Stack, Switch } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type MyPrivacy, useChooseSellingMutation } from './api.ts';
import { Section } from './Section.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

/** The opt-out of selling and sharing (CCPA). */
export function SellingPanel({ mine }: { readonly mine: MyPrivacy }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const [choose, { isLoading }] = useChooseSellingMutation();
  return (
    <Section title={t('selling')} lead={t('selling_lead')}>
      <Stack sx={{ gap: 2 }}>
        <FormControlLabel
          control={
            <Switch
              checked={mine.do_not_sell}
              disabled={isLoading || mine.browser_opted_out}
              onChange={(_, on) => void choose({ do_not_sell: on }).then((answer) => tell(answer, t('selling_saved')))}
            />
          }
          label={t('selling_not')}
          sx={{ gap: 1, m: 0 }}
        />
        {mine.browser_opted_out && <Alert severity="success">{t('selling_browser')}</Alert>}
      </Stack>
    </Section>
  );
}
