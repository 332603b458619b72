import { Box, FormControlLabel, Stack, Switch, Typography } from '@mui/material';
import { useFormat } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { border, color } from '../../design/theme/tokens.ts';
import { type ConsentCard, type MyPrivacy, useGiveConsentsMutation } from './api.ts';
import { ConsentText } from './ConsentText.tsx';
import { Section } from './Section.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

function ConsentRow({ document }: { readonly document: ConsentCard }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  const tell = useTell();
  const [give, { isLoading }] = useGiveConsentsMutation();
  const say = (given: boolean): void => {
    const consents = [{ kind: document.kind, version: document.version, given }];
    void give({ consents }).then((answer) => tell(answer, t(given ? 'consent_given' : 'consent_withdrawn')));
  };
  const when = document.at === null ? t('consent_open') : t(document.given ? 'consent_since' : 'consent_not_since', { time: format.date(document.at) });
  return (
    <Box component="li" sx={{ py: 1.5, '& + &': { borderTop: border() } }}>
      <Stack sx={{ gap: 0.5 }}>
        <FormControlLabel
          control={
            <Switch
              checked={document.given ?? false}
              disabled={isLoading || (document.required && document.given === true)}
              onChange={(_, given) => say(given)}
            />
          }
          label={document.question}
          lang={document.language}
          sx={{ gap: 1, m: 0, alignItems: 'flex-start', '& .MuiFormControlLabel-label': { pt: 0.75 } }}
        />
        <Typography variant="body2" sx={{ color: color('muted') }}>
          {document.required ? `${t('consent_required')} · ${when}` : when}
        </Typography>
        <ConsentText document={document} />
      </Stack>
    </Box>
  );
}

/** What the person agreed to, and the way to take it back. */
export function ConsentsPanel({ mine }: { readonly mine: MyPrivacy }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const format = useFormat();
  return (
    <Section title={t('consents')} lead={t('consents_lead')}>
      <Stack component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {mine.consents.map((each) => (
          <ConsentRow key={each.kind} document={each} />
        ))}
      </Stack>
      {mine.history.length > 0 && (
        <Box component="details" sx={{ mt: 2 }}>
          <Typography component="summary" variant="body2" sx={{ cursor: 'pointer', py: 1 }}>
            {t('history', { count: mine.history.length })}
          </Typography>
          <Stack component="ul" sx={{ pl: 2.5, m: 0, gap: 0.5 }}>
            {mine.history.map((each) => (
              <Typography component="li" variant="body2" key={`${each.kind}${each.at}`} sx={{ color: color('muted') }}>
                {t(each.given ? 'history_given' : 'history_withdrawn', { kind: each.kind, version: each.version, time: format.dateTime(each.at) })}
              </Typography>
            ))}
          </Stack>
        </Box>
      )}
    </Section>
  );
}
