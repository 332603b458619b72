import { Alert, Checkbox, FormControlLabel, Stack, Typography } from '@mui/material';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsentAnswer } from '../auth/consents.ts';
import { useListPrivacyDocumentsQuery } from './api.ts';
import { ConsentText } from './ConsentText.tsx';
import { TEXTS } from './texts.ts';

interface SignUpConsentsProps {
  /** Whether the server did not accept what was agreed to: it asks for something else by now. */
  readonly refused: boolean;
  readonly onChange: (answers: readonly ConsentAnswer[]) => void;
}

/** The boxes beside what the site asks people to agree to; nothing where it asks for nothing. */
export default function SignUpConsents({ refused, onChange }: SignUpConsentsProps): ReactNode {
  const { t, i18n } = useTranslation(TEXTS);
  const { data, refetch } = useListPrivacyDocumentsQuery(i18n.language, { refetchOnMountOrArgChange: true });
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(new Set());
  const documents = data?.documents;
  useEffect(() => {
    onChange(documents?.map(({ kind, version }) => ({ kind, version, given: agreed.has(`${kind} ${version}`) })) ?? []);
  }, [documents, agreed, onChange]);
  useEffect(() => {
    if (refused) void refetch();
  }, [refused, refetch]);
  if (documents === undefined || documents.length === 0) return null;
  const check = (box: string, on: boolean): void => {
    const next = new Set(agreed);
    if (on) next.add(box);
    else next.delete(box);
    setAgreed(next);
  };
  return (
    <Stack component="fieldset" sx={{ border: 0, p: 0, m: 0, gap: 1 }}>
      <Typography component="legend" sx={{ fontWeight: 600, mb: 0.5 }}>
        {t('sign_up_consents')}
      </Typography>
      {refused && <Alert severity="warning">{t('sign_up_changed')}</Alert>}
      {documents.map((document) => {
        const box = `${document.kind} ${document.version}`;
        return (
          <Stack key={box}>
            <FormControlLabel
              control={
                // On the box itself: MUI would set an asterisk that breaks the line it stands in.
                <Checkbox
                  checked={agreed.has(box)}
                  onChange={(_, on) => check(box, on)}
                  slotProps={{ input: { required: document.required } }}
                />
              }
              label={document.required ? `${document.question} *` : document.question}
              lang={document.language}
              sx={{ alignItems: 'flex-start', '& .MuiFormControlLabel-label': { pt: 1.1 } }}
            />
            <ConsentText document={document} />
          </Stack>
        );
      })}
      {documents.some(({ required }) => required) && <Typography variant="body2">{t('sign_up_required')}</Typography>}
    </Stack>
  );
}
