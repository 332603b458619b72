import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Table, TableBody, TableCell, TableHead, TableRow, Typography } from '@mui/material';
import { LoadingState } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetPrivacyRequestQuery } from './api.ts';
import { TEXTS } from './texts.ts';

interface TableFate {
  readonly table: string;
  readonly deleted: number;
  readonly pseudonymised: number;
  readonly kept: number;
  readonly why: string | null;
}

interface Report {
  readonly tables: readonly TableFate[];
  readonly events: number;
  readonly audit_details: number;
  readonly audit_origins: number;
  readonly elsewhere: Readonly<Record<string, number>>;
}

/** What became of an erased person's data, table by table. */
export function ProofDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation(TEXTS);
  const title = useId();
  const { data } = useGetPrivacyRequestQuery(id);
  const report = data?.report as Report | null | undefined;
  return (
    <Dialog open onClose={onClose} aria-labelledby={title} maxWidth="md" fullWidth>
      <DialogTitle id={title}>{t('proof_title')}</DialogTitle>
      <DialogContent tabIndex={0}>
        <Typography sx={{ mb: 2 }}>{t('proof_text')}</Typography>
        {report === undefined && <LoadingState lines={3} height={40} />}
        {report !== undefined && report !== null && (
          <>
            <Table size="small">
              <TableHead>
                <TableRow>
                  {(['table', 'deleted', 'pseudonymised', 'kept', 'why'] as const).map((each) => (
                    <TableCell key={each}>{t(`proof_${each}`)}</TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {report.tables.map((each) => (
                  <TableRow key={each.table}>
                    <TableCell component="th" scope="row">
                      {each.table}
                    </TableCell>
                    <TableCell>{each.deleted}</TableCell>
                    <TableCell>{each.pseudonymised}</TableCell>
                    <TableCell>{each.kept}</TableCell>
                    <TableCell>{each.why}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
            <Typography variant="body2" sx={{ mt: 2 }}>
              {t('proof_rest', {
                events: report.events,
                audit: Math.max(report.audit_details, report.audit_origins),
                blobs: report.elsewhere['blobs'] ?? 0,
                cached: report.elsewhere['cached'] ?? 0,
              })}
            </Typography>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
