import { Box, Button, Stack, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import { ErrorState, LoadingState, authorizedFetch } from '@questline/ui-sdk';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetProcessingRegisterQuery } from './api.ts';
import { Section } from './Section.tsx';
import { TEXTS } from './texts.ts';

const COLUMNS = ['owner', 'column', 'category', 'purpose', 'retention'] as const;
const PATHS = { csv: '/api/v1/privacy/register/export', json: '/api/v1/privacy/register' } as const;

/** Hands a file on to the browser. */
async function save(kind: keyof typeof PATHS): Promise<void> {
  const response = await authorizedFetch(PATHS[kind]);
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = `processing-register.${kind}`;
  link.click();
  URL.revokeObjectURL(address);
}

/** What is kept of people, as the code declares it. */
export default function RegisterPart(): ReactNode {
  const { t } = useTranslation(TEXTS);
  const { data, error, refetch } = useGetProcessingRegisterQuery();
  return (
    <Section title={t('register')} lead={t('register_lead')}>
      <Stack direction="row" sx={{ gap: 1.5, flexWrap: 'wrap', mb: 2 }}>
        {(['csv', 'json'] as const).map((kind) => (
          <Button key={kind} variant="outlined" onClick={() => void save(kind)}>
            {t(`register_${kind}`)}
          </Button>
        ))}
      </Stack>
      {data === undefined && error === undefined && <LoadingState lines={6} height={40} />}
      {data === undefined && error !== undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <TableContainer component={Box} tabIndex={0} role="group" aria-label={t('register')} sx={{ maxHeight: '70vh' }}>
          <Table size="small" stickyHeader sx={{ minWidth: 760 }}>
            <TableHead>
              <TableRow>
                {COLUMNS.map((each) => (
                  <TableCell key={each}>{t(`register_${each}`)}</TableCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {data.entries.map((each) => (
                <TableRow key={`${each.owner}.${each.table}.${each.column}`}>
                  <TableCell>{each.owner}</TableCell>
                  <TableCell>{`${each.table}.${each.column}`}</TableCell>
                  <TableCell>{each.category}</TableCell>
                  <TableCell>{each.purpose}</TableCell>
                  <TableCell>{each.retention}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </Section>
  );
}
