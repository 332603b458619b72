import { Alert, AlertTitle, Box, Button, Card, TextField } from '@mui/material';
import { Page, PageHeader, isApiProblem, useProblemMessage } from '@questline/ui-sdk';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { usePaymentsRedeemSeatMutation } from './seatsApi.ts';

const KNOWN = new Set(['seat_code_not_good', 'no_seat']);

/** Takes a seat with the code of an invitation's link, or with one that is typed. */
export default function SeatRedeemPage(): ReactNode {
  const { t } = useTranslation('payments');
  const message = useProblemMessage();
  const [params, setParams] = useSearchParams();
  const [code, setCode] = useState(() => params.get('code') ?? '');
  const [empty, setEmpty] = useState(false);
  const [redeem, { data, error, isLoading }] = usePaymentsRedeemSeatMutation();
  const invited = params.has('code');
  const onRedeem = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setEmpty(code.trim() === '');
    if (code.trim() === '') return;
    const answer = await redeem(code.trim());
    if (answer.error === undefined) setParams({}, { replace: true });
  };
  const problem = isApiProblem(error) && KNOWN.has(error.code) ? t(`seats.problems.${error.code}`) : error === undefined ? undefined : message(error);
  return (
    <Page title={t('seats.redeem.title')} maxWidth="sm">
      <PageHeader title={t('seats.redeem.title')} description={t(invited ? 'seats.redeem.invited' : 'seats.redeem.lead')} />
      {data === undefined ? (
        <Card component="form" noValidate onSubmit={(event) => void onRedeem(event)} sx={{ p: { xs: 2, sm: 3 }, display: 'grid', gap: 2.5 }}>
          {!invited && (
            <TextField
              name="code"
              label={t('seats.redeem.code')}
              value={code}
              error={empty || problem !== undefined}
              helperText={empty ? t('seats.redeem.needed') : (problem ?? t('seats.redeem.hint'))}
              onChange={(event) => setCode(event.target.value)}
              slotProps={{ htmlInput: { maxLength: 100, autoComplete: 'off', autoCapitalize: 'characters', spellCheck: false }, formHelperText: { role: 'status' } }}
            />
          )}
          {invited && problem !== undefined && <Alert severity="error">{problem}</Alert>}
          <Button type="submit" variant="contained" size="large" loading={isLoading}>
            {t('seats.redeem.action')}
          </Button>
        </Card>
      ) : (
        <Alert severity="success" role="status">
          <AlertTitle component="h2">{t('seats.redeem.done', { title: data.title })}</AlertTitle>
          {t('seats.redeem.done_detail')}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1.5 }}>
            {data.courses.map(({ id, slug, title }) => (
              <Button key={id} variant="contained" href={`/courses/${slug}`}>
                {t('order.to_course', { title })}
              </Button>
            ))}
          </Box>
        </Alert>
      )}
    </Page>
  );
}
