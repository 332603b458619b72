import { Button, Checkbox, FormControlLabel, Link, Stack, Typography } from '@mui/material';
import { ErrorState, LoadingState } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useLogOutMutation } from '../../api/index.ts';
import { nextPath } from '../../app/session/guards.ts';
import { closeSession, takeNewRights } from '../../app/session/session.ts';
import { AuthLayout } from '../auth/AuthLayout.tsx';
import { useGetMyPrivacyQuery, useGiveConsentsMutation } from './api.ts';
import { AskParent } from './AskParent.tsx';
import { ConsentText } from './ConsentText.tsx';
import { TEXTS } from './texts.ts';
import { useTell } from './useTell.ts';

/** Asks for what has to be agreed to before anything else. */
export default function ConsentGatePage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const tell = useTell();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { data, error, refetch } = useGetMyPrivacyQuery();
  const [give, { isLoading }] = useGiveConsentsMutation();
  const [logOut] = useLogOutMutation();
  const [agreed, setAgreed] = useState<ReadonlySet<string>>(new Set());
  const asked = data?.consents.filter(({ given }) => given !== true) ?? [];
  const due = asked.filter(({ required }) => required);
  const ready = due.every(({ kind }) => agreed.has(kind));
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const consents = asked.map(({ kind, version }) => ({ kind, version, given: agreed.has(kind) }));
    const answer = consents.length === 0 ? { data: null } : await give({ consents, source: 'gate' });
    if (!tell(answer, t('gate_done'))) return;
    await takeNewRights();
    await navigate(nextPath(search), { replace: true });
  };
  const leave = async (): Promise<void> => {
    await logOut();
    await closeSession();
    await navigate('/log-in');
  };
  const check = (kind: string, on: boolean): void => {
    const next = new Set(agreed);
    if (on) next.add(kind);
    else next.delete(kind);
    setAgreed(next);
  };
  return (
    <AuthLayout title={t('gate')} lead={t(data?.parent_needed === true ? 'gate_parent_lead' : 'gate_lead')}>
      {data === undefined && error === undefined && <LoadingState lines={2} height={80} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.parent_needed === true && <AskParent mine={data} />}
      {data !== undefined && (
        <Stack component="form" onSubmit={(event) => void submit(event)} sx={{ gap: 2.5 }}>
          {asked.map((document) => (
            <Stack key={document.kind}>
              <FormControlLabel
                control={<Checkbox checked={agreed.has(document.kind)} onChange={(_, on) => check(document.kind, on)} />}
                label={document.required ? `${document.question} *` : document.question}
                lang={document.language}
                sx={{ alignItems: 'flex-start', '& .MuiFormControlLabel-label': { pt: 1.1 } }}
              />
              <ConsentText document={document} />
            </Stack>
          ))}
          {due.length > 0 && <Typography variant="body2">{t('gate_required')}</Typography>}
          <Button type="submit" variant="contained" size="large" disabled={!ready} loading={isLoading}>
            {t(data.parent_needed ? 'gate_again' : 'gate_go_on')}
          </Button>
          <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
            <Link href="/privacy">{t('gate_privacy')}</Link>
            <Link component="button" type="button" onClick={() => void leave()}>
              {t('gate_leave')}
            </Link>
          </Stack>
        </Stack>
      )}
    </AuthLayout>
  );
}
