import { Box, Button, Card, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import { ErrorState, LoadingState, Page, PageHeader, useFormat, useNotify, useProblemMessage } from '@questline/ui-sdk';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { ROOT, usePaymentsGetDocumentQuery, usePaymentsMailDocumentMutation } from './api.ts';
import { download } from './download.ts';
import { useMoney } from './money.ts';
import type { DocumentPage as Shown } from './types.ts';

function Party({ title, lines }: { readonly title: string; readonly lines: readonly (string | null | undefined)[] }): ReactNode {
  return (
    <Box>
      <Typography variant="subtitle2" component="h2" color="textSecondary">
        {title}
      </Typography>
      <Typography sx={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{lines.filter(Boolean).join('\n')}</Typography>
    </Box>
  );
}

function Sheet({ shown }: { readonly shown: Shown }): ReactNode {
  const { t, i18n } = useTranslation('payments');
  const money = useMoney();
  const format = useFormat();
  const { buyer, seller } = shown;
  const country = buyer === null ? undefined : new Intl.DisplayNames([i18n.language], { type: 'region' }).of(buyer.country);
  const tax = shown.lines.reduce((sum, line) => sum + line.tax, 0);
  return (
    <Card sx={{ p: { xs: 2.5, sm: 5 }, '@media print': { boxShadow: 'none', border: 0, p: 0 } }}>
      <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, mb: 4 }}>
        <Party title={t('document.from')} lines={[seller.name, seller.address, seller.vat_id]} />
        <Party title={t('document.to')} lines={[buyer?.name, buyer?.address, country, buyer?.vat_id]} />
        <Party title={t('document.date')} lines={[format.date(shown.issued_at, { dateStyle: 'long' })]} />
        <Party title={t('document.order')} lines={[shown.order_number]} />
      </Box>
      <TableContainer tabIndex={0} role="region" aria-label={t('order.lines')}>
        <Table aria-label={t('order.lines')}>
          <TableHead>
            <TableRow>
              <TableCell>{t('document.what')}</TableCell>
              <TableCell align="right">{t('document.rate')}</TableCell>
              <TableCell align="right">{t('document.amount')}</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.lines.map((line) => (
              <TableRow key={`${line.title} ${line.total}`}>
                <TableCell component="th" scope="row" sx={{ overflowWrap: 'anywhere' }}>
                  {line.title}
                </TableCell>
                <TableCell align="right" sx={{ whiteSpace: 'nowrap' }}>
                  {format.number(Number(line.tax_percent) / 100, { style: 'percent', maximumFractionDigits: 2 })}
                </TableCell>
                <TableCell align="right" sx={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
                  {money(line.total, shown)}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      <Box component="dl" sx={{ m: 0, mt: 3, ml: 'auto', maxWidth: 320, display: 'grid', gridTemplateColumns: '1fr auto', gap: 1 }}>
        <Typography component="dt" variant="h4">
          {t('sums.total')}
        </Typography>
        <Typography component="dd" variant="h4" sx={{ m: 0, textAlign: 'right' }}>
          {money(shown.total, shown)}
        </Typography>
        <Typography component="dt" color="textSecondary">
          {t('sums.tax_in')}
        </Typography>
        <Typography component="dd" color="textSecondary" sx={{ m: 0, textAlign: 'right' }}>
          {money(tax, shown)}
        </Typography>
      </Box>
    </Card>
  );
}

/** What can be done with a document: its order, a mail with it, paper, and the file. */
function Actions({ shown }: { readonly shown: Shown }): ReactNode {
  const { t } = useTranslation('payments');
  const notify = useNotify();
  const message = useProblemMessage();
  const [mail, { isLoading: mailing }] = usePaymentsMailDocumentMutation();
  const [fetching, setFetching] = useState(false);
  const send = async (): Promise<void> => {
    const answer = await mail(shown.id);
    notify(answer.error === undefined ? { message: t('document.mailed'), severity: 'success' } : { message: message(answer.error), severity: 'error' });
  };
  const fetchFile = async (): Promise<void> => {
    setFetching(true);
    const came = await download(`${ROOT}/documents/${shown.id}/pdf`, `${shown.number}.pdf`);
    setFetching(false);
    if (!came) notify({ message: t('document.pdf_failed'), severity: 'error' });
  };
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, '@media print': { display: 'none' } }}>
      <Button variant="outlined" href={`/x/payments/orders/${shown.order_id}`}>
        {t('document.to_order')}
      </Button>
      <Button variant="outlined" loading={mailing} onClick={() => void send()}>
        {t('document.mail')}
      </Button>
      <Button variant="outlined" onClick={() => print()}>
        {t('document.print')}
      </Button>
      <Button variant="contained" loading={fetching} onClick={() => void fetchFile()}>
        {t('document.pdf')}
      </Button>
    </Box>
  );
}

/** An invoice or a credit note, to be read, printed, downloaded and mailed. */
export default function DocumentPage(): ReactNode {
  const { t } = useTranslation('payments');
  const { id = '' } = useParams();
  const { currentData: shown, error, refetch } = usePaymentsGetDocumentQuery(id);
  const title = shown === undefined ? t('document.title') : t(`document.${shown.kind}`, { number: shown.number });
  return (
    <Page title={title} maxWidth="md">
      <PageHeader title={title} actions={shown && <Actions shown={shown} />} />
      {shown === undefined ? error === undefined ? <LoadingState lines={2} height={180} /> : <ErrorState error={error} onRetry={() => void refetch()} /> : <Sheet shown={shown} />}
    </Page>
  );
}
