import { Alert, Button, Stack, Typography } from '@mui/material';
import { LoadingState, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { AuthLayout } from '../auth/AuthLayout.tsx';
import { useAnswerAsParentMutation, useGetParentsQuestionMutation } from './api.ts';
import { ConsentText } from './ConsentText.tsx';
import { TEXTS } from './texts.ts';

/** Where the link of a mail to a parent leads: what it is about, and yes or no, without an account. */
export default function ParentPage(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const message = useProblemMessage();
  const token = useLocation().hash.slice(1);
  const [look, { data, error }] = useGetParentsQuestionMutation();
  const [answer, { isLoading, error: refused }] = useAnswerAsParentMutation();
  const [agreed, setAgreed] = useState<boolean>();
  useEffect(() => {
    void look({ token });
  }, [look, token]);
  const say = async (agrees: boolean): Promise<void> => {
    if ((await answer({ token, agrees })).error === undefined) setAgreed(agrees);
  };
  const names = { child: data?.child ?? '', site: data?.site ?? '' };
  return (
    <AuthLayout
      title={data === undefined ? t('parent_page_bare') : t('parent_page', names)}
      lead={data === undefined ? '' : t('parent_page_lead', names)}
    >
      <Stack sx={{ gap: 2.5 }}>
        {data === undefined && error === undefined && <LoadingState lines={2} height={80} />}
        {error !== undefined && <Alert severity="error">{message(error)}</Alert>}
        {refused !== undefined && <Alert severity="error">{message(refused)}</Alert>}
        <div role="status">
          {agreed === true && <Alert severity="success">{t('parent_page_agreed', names)}</Alert>}
          {agreed === false && <Alert severity="info">{t('parent_page_refused', names)}</Alert>}
        </div>
        {data !== undefined && agreed === undefined && (
          <>
            {data.documents.length > 0 && <Typography>{t('parent_page_documents', names)}</Typography>}
            {data.documents.map((document) => (
              <ConsentText key={document.kind} document={document} />
            ))}
            {data.contact !== '' && <Typography variant="body2">{t('parent_page_contact', { contact: data.contact })}</Typography>}
            <Button variant="contained" size="large" loading={isLoading} onClick={() => void say(true)}>
              {t('parent_page_agree')}
            </Button>
            <Button variant="outlined" size="large" loading={isLoading} onClick={() => void say(false)}>
              {t('parent_page_refuse')}
            </Button>
          </>
        )}
      </Stack>
    </AuthLayout>
  );
}
