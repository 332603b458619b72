import { Alert, Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { useNotify } from '@questline/ui-sdk';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

interface RecoveryCodeListProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** New recovery codes, shown this once. */
export function RecoveryCodeList({ codes, onClose }: RecoveryCodeListProps): ReactNode {
  const { t } = useTranslation();
  const notify = useNotify();
  const title = useId();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(codes.join('\n'));
    notify({ message: t('security:copied'), severity: 'success' });
  };
  return (
    <Dialog open aria-labelledby={title} maxWidth="xs" fullWidth>
      <DialogTitle id={title}>{t('security:codes_title')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Alert severity="warning">{t('security:codes_once')}</Alert>
          <Box
            component="ul"
            aria-label={t('security:codes')}
            sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, gap: 1, p: 0, m: 0 }}
          >
            {codes.map((code) => (
              <Box component="li" key={code} sx={{ listStyle: 'none' }}>
                <code>{code}</code>
              </Box>
            ))}
          </Box>
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={() => void copy()}>{t('security:copy')}</Button>
        <Button variant="contained" onClick={onClose}>
          {t('security:codes_kept')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
